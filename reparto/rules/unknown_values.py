"""
The values that filters of rules ask for and that there are not: ids of nothing, choices that a field does not have.

It forbids nothing: a contact may still have a choice that was taken away. Ids are never given again, so whoever asks
for none but ids of nothing asks for nobody; that is `narrow_conditions`' to say.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reparto.channels.queries import all_accounts
from reparto.contacts.describe_condition import describe_field, describe_value
from reparto.contacts.queries import all_custom_fields
from reparto.engine import CUSTOM, ID_FIELDS, fold
from reparto.kit.ask_together import ask_together, listed
from reparto.people.queries import all_campaigns, group_rows, people_rows

from .models import Rule
from .read_rule_names import leaves_of_stored

KINDS = frozenset({"prospect", "client"})
YES_NO = frozenset({"true", "false"})
#: Operators that compare with whole values; parts of a text are looked for in anything.
WHOLE = frozenset({"is", "in", "not_in", "has", "has_any", "has_all", "has_none"})


@dataclass(frozen=True, slots=True)
class Values:
    """What filters compare with whole values, and which of these there are."""

    asked: Mapping[int, Sequence[tuple[str, Any]]]  #: field and value, by rule
    known: Mapping[str, frozenset[Any]]  #: by field; those with free values are left out
    labels: Mapping[tuple[str, int], str]  #: what the company's own fields are called

    @property
    def ids(self) -> dict[str, frozenset[int]]:
        """The ids that there are of those that are asked for, by field."""
        return {field: found for field, found in self.known.items() if field in ID_FIELDS}


def read_values(rules: Iterable[Rule]) -> Values:
    """Return what the filters of rules ask for, and what there is of it (at most one query)."""
    asked = {rule.pk: list(_asked(rule.filters)) for rule in rules}
    every = [one for pairs in asked.values() for one in pairs]
    return Values(asked, *(_known(every) if every else ({}, {})))


def unknown_values(values: Values) -> dict[int, tuple[str, str]]:
    """Return by the rule's id the field and the value, in words, of the first that there is not."""
    known = values.known
    missing = {
        rule_id: [(field, value) for field, value in pairs if field in known and _compared(value) not in known[field]]
        for rule_id, pairs in values.asked.items()
    }
    return {
        rule_id: (describe_field(field, names=values.labels), describe_value(field, value, names={}))
        for rule_id, [(field, value), *_] in ((one, pairs) for one, pairs in missing.items() if pairs)
    }


def _asked(filters: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """Return field and value of what is compared with whole values, where values are not free."""
    for leaf in leaves_of_stored(filters) if filters else ():
        field, value = leaf["field"], leaf.get("value")
        if leaf["op"] in WHOLE and (field in ID_FIELDS or field == "kind" or field.startswith(CUSTOM)):
            yield from ((field, one) for one in (value if isinstance(value, list) else [value]))


def _known(asked: Iterable[tuple[str, Any]]) -> tuple[dict[str, frozenset[Any]], dict[tuple[str, int], str]]:
    """Return the values that there are of those fields which have a list of them, and what own fields are called."""
    ids: dict[str, set[int]] = {field: set() for field in ID_FIELDS}
    for field, value in asked:
        if field in ids:
            ids[field].add(value)
    found = ask_together(
        owner=listed(people_rows(ids["owner"]), "id"),
        groups=listed(group_rows(ids["groups"]), "id"),
        account=listed(all_accounts().filter(pk__in=ids["account"]), "id"),
        campaign=listed(all_campaigns().filter(pk__in=ids["campaign"]), "id"),
        own=listed(all_custom_fields(), "key", "label", "type", "choices"),
    )
    own = {CUSTOM + one["key"]: one for one in found["own"]}
    known = {field: frozenset(row["id"] for row in found[field]) for field in ID_FIELDS}
    known |= {name: of for name, one in own.items() if (of := _choices(one))}
    return known | {"kind": KINDS}, {(name, 0): one["label"] for name, one in own.items()}


def _choices(own: Mapping[str, Any]) -> frozenset[str]:
    if own["type"] == "yesno":
        return YES_NO
    return frozenset(map(fold, own["choices"] or ())) if own["type"] in ("choice", "multi") else frozenset()


def _compared(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value
