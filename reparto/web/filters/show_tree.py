"""
The filter as `filters/filters.html` draws it: rows of field, operator and value, with what is wrong with each.

What may be chosen is read only where a condition asks for it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext, pgettext

from reparto.contacts.describe_condition import describe_field
from reparto.contacts.field_labels import OPERATOR_LABELS
from reparto.contacts.models import CustomField
from reparto.contacts.queries import KIND_OF_TYPE, all_custom_fields
from reparto.contacts.suggest_values import suggest_values
from reparto.engine import CUSTOM, FIELDS, UNITS, Kind
from reparto.people.actor import Actor

from .draw_values import draw_values
from .filter_of_tree import keeps_stored
from .filter_tree import EVERYBODY, JOINS, Condition, Group, Node, Path, write_path
from .fit_condition import fit_condition, kind_of, offered
from .offer_values import SUGGESTED, offer_values

#: What companies route by most; the others follow in the order of their names.
FIRST = ("source", "region", "country", "tags", "account", "campaign", "status", "stage", "kind", "language")


def show_tree(root: Group, faults: Mapping[Path, str], *, actor: Actor) -> dict[str, Any]:
    """Return the root as the template draws it; what contacts usually have is that of those whom the actor sees."""
    return _Drawing(faults, set(fields_of(root)), actor).group(root, ())


def fields_of(node: Node) -> Iterator[str]:
    """Name the fields that a tree asks about."""
    if isinstance(node, Condition):
        yield node.field
    else:
        for child in node.children:
            yield from fields_of(child)


class _Drawing:
    def __init__(self, faults: Mapping[Path, str], asked: set[str], actor: Actor) -> None:
        own = {CUSTOM + field.key: field for field in all_custom_fields()}
        self.faults, self.fields = faults, _fields(own)
        self.custom = {field.key: KIND_OF_TYPE[field.type] for field in own.values()}
        held = suggest_values(asked & SUGGESTED, actor=actor)
        offered = {field: offer_values(field, own.get(field), held=held.get(field, ())) for field in asked}
        self.offers = {field: offer for field, offer in offered.items() if offer}

    def group(self, group: Group, path: Path) -> dict[str, Any]:
        labels = join_labels()
        return {
            "is_group": True,
            "path": write_path(path),
            "id": f"c-{write_path(path) or 'root'}",
            "joins": [{"value": join, "label": labels[join], "on": join == group.join} for join in JOINS],
            "children": [self.node(child, (*path, place), group) for place, child in enumerate(group.children)],
            "for_nobody": group.join not in EVERYBODY,
            "fault": self.faults.get(path, ""),
        }

    def node(self, node: Node, path: Path, parent: Group) -> dict[str, Any]:
        shown = self.group(node, path) if isinstance(node, Group) else self.condition(node, path)
        return shown | {"lead": _lead(path[-1], parent)}

    def condition(self, condition: Condition, path: Path) -> dict[str, Any]:
        fitted = fit_condition(condition, self.custom)
        kind = kind_of(fitted.field, self.custom)
        return {
            "path": write_path(path),
            "id": f"c-{write_path(path)}",
            "groups": self.fields,
            "field": fitted.field,
            "known": kind is not None,
            "operators": _operators(fitted.field, kind, fitted.op),
            "fault": self.faults.get(path, ""),
            "stored": condition.stored if keeps_stored(condition, self.custom) else "",
            **self.value(fitted, kind),
        }

    def value(self, condition: Condition, kind: Kind | None) -> dict[str, Any]:
        return {
            **draw_values(condition, kind, self.offers.get(condition.field)),
            "values": condition.values,
            "units": [{"value": unit, "label": units()[unit], "on": unit in condition.values} for unit in UNITS],
        }


def join_labels() -> dict[str, str]:
    """Return how each way of joining reads."""
    return {
        "all": gettext("all are met"),
        "any": gettext("any is met"),
        "none": gettext("none is met"),
        "not_all": gettext("not all are met"),
    }


def units() -> dict[str, str]:
    """Return what the units of time are called."""
    return {
        "hours": gettext("hours"),
        "days": gettext("days"),
        "weeks": gettext("weeks"),
        "months": gettext("months"),
    }


def _lead(place: int, parent: Group) -> str:
    if place == 0:
        return pgettext("filter", "When")
    return pgettext("filter", "or") if parent.join in ("any", "none") else pgettext("filter", "and")


def _operators(field: str, kind: Kind | None, chosen: str) -> list[dict[str, Any]]:
    known = offered(field, kind, chosen=chosen) if kind else ()
    return [{"value": op, "label": OPERATOR_LABELS[op], "on": op == chosen} for op in known]


def _fields(own: Mapping[str, CustomField]) -> list[dict[str, Any]]:
    named = [(name, field.label) for name, field in own.items()]
    rest = sorted(((name, describe_field(name)) for name in FIELDS if name not in FIRST), key=lambda one: one[1])
    first = [(name, describe_field(name)) for name in FIRST]
    groups = [(gettext("Most used"), first), (gettext("Of the company"), named), (gettext("All"), rest)]
    return [{"label": label, "fields": fields} for label, fields in groups if fields]
