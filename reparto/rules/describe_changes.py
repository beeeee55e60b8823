"""
What leads from one list of rules to another, in sentences.

It compares nothing; `compare_rules` does. Names are today's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from reparto.contacts.spell_filter import spell_filter

from .compare_rules import Change, Difference
from .read_rule_names import Names, read_rule_names
from .rule_labels import choice_labels, field_labels, say_span


@dataclass(frozen=True, slots=True)
class SaidChange:
    """A change, its sentence, and a sentence for each field that is not the same."""

    change: Change
    sentence: str
    lines: tuple[str, ...] = ()


def describe_changes(changes: Sequence[Change]) -> tuple[SaidChange, ...]:
    """Return the changes in words (at most five queries)."""
    differences = [one for change in changes for one in change.fields]
    names = read_rule_names(
        (value for one in differences if one.field == "filters" for value in (one.before, one.after) if value),
        assign_to=(
            target
            for one in differences
            if one.field == "assign_to"
            for target in (*(one.before or ()), *(one.after or ()))
        ),
    )
    return tuple(
        SaidChange(change, _sentence(change), tuple(_line(one, names) for one in change.fields)) for change in changes
    )


def _sentence(change: Change) -> str:
    said = {
        "added": gettext("«%(name)s» is new, in place %(place)s."),
        "removed": gettext("«%(name)s», which was in place %(former)s, is gone."),
        "changed": gettext("«%(name)s» is changed."),
        "moved": gettext("«%(name)s» moves from place %(former)s to place %(place)s."),
    }[change.kind]
    return said % {"name": change.description, "place": change.position, "former": change.former_position}


def _line(one: Difference, names: Names) -> str:
    label = field_labels().get(one.field, one.field)
    if one.field == "active":
        return gettext("It is active again.") if one.after else gettext("It is paused.")
    if one.field == "assign_to":
        return f"{label}: {_of_people(one, names)}"
    before, after = (_value(one.field, value, names) for value in (one.before, one.after))
    return gettext("%(field)s: %(after)s (before: %(before)s)") % {"field": label, "after": after, "before": before}


def _of_people(one: Difference, names: Names) -> str:
    """Say who came and who went; when nobody did, the order or the weights."""
    former, present = ([_target(target, names) for target in side or ()] for side in (one.before, one.after))
    come = [name for name in present if name not in former]
    gone = [name for name in former if name not in present]
    if not come and not gone:
        return gettext("now in the order %(names)s") % {"names": ", ".join(present)}
    parts = [gettext("with %(names)s") % {"names": ", ".join(come)}] if come else []
    parts += [gettext("without %(names)s") % {"names": ", ".join(gone)}] if gone else []
    return ", ".join(parts)


def _target(target: Mapping[str, Any], names: Names) -> str:
    key = ("owner", target["person_id"]) if target.get("person_id") else ("groups", target.get("group_id") or 0)
    name = names.get(key, gettext("somebody who is no longer here"))
    weight = target.get("weight", 1)
    return name if weight == 1 else f"{name} × {weight}"


def _value(field: str, value: Any, names: Names) -> str:
    if field == "filters":
        return say_filter(value, names) if value else gettext("for every contact")
    if field == "after":
        return _span(value) if value else gettext("at once")
    if field == "tags":
        return _listed(value)
    if value is None or value == "":
        return gettext("none")
    return choice_labels().get((field, str(value)), str(value))


def _span(after: Mapping[str, Any]) -> str:
    said = say_span(after["amount"], after["unit"])
    return gettext("%(span)s of working time") % {"span": said} if after.get("clock") == "working" else said


def _listed(values: Iterable[str]) -> str:
    return ", ".join(values) or gettext("none")


def say_filter(node: Mapping[str, Any], names: Names) -> str:
    """Return a stored filter as a phrase."""
    return "".join(word for word, _ in spell_filter(node, names, top=True))
