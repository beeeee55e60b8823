"""
The names behind the ids of stored decisions, in a fixed few queries.

They are those of the instant of each decision (`as_of`), whatever was renamed since; nothing is decided again.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from reparto.channels.queries import accounts_by_id
from reparto.contacts.describe_condition import ids_named
from reparto.contacts.name_fields import name_fields
from reparto.contacts.queries import all_custom_fields
from reparto.engine import CUSTOM
from reparto.kit.read_former_names import FormerNames, read_former_names
from reparto.people.models import Person
from reparto.people.queries import all_campaigns, find_groups, find_people

from .models import Decision
from .read_trace import read_traces


@dataclass(frozen=True, slots=True)
class NamesOf:
    """People and groups by id, what filters name, and the whole traces in which they were found."""

    people: Mapping[int, Person]
    groups: Mapping[int, str]
    conditions: Mapping[tuple[str, int], str]
    traces: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)  #: by decision
    former: FormerNames = field(default_factory=FormerNames)
    fields: Mapping[str, int] = field(default_factory=dict)  #: ids of the company's own fields that filters name
    moment: datetime | None = None  #: None: today

    def person(self, person_id: int) -> str:
        """Return a person's name, whoever they were."""
        person = self.people.get(person_id)
        if person is None:
            return gettext("somebody who is no longer here")
        return self._then("person", person_id, person.name)

    def as_of(self, moment: datetime) -> "NamesOf":
        """Return the names as they were at an instant."""
        if not self.former.until:
            return self
        then = replace(self, moment=moment)
        return replace(
            then,
            groups={one: then._then("group", one, name) for one, name in self.groups.items()},
            conditions={key: then._then(*self._thing(*key), name) for key, name in self.conditions.items()},
        )

    def _then(self, kind: str, object_id: int, today: str) -> str:
        return today if self.moment is None else self.former.at(kind, object_id, self.moment, today=today)

    def _thing(self, asked: str, key: int) -> tuple[str, int]:
        """Return of which thing a filter's (field, id) is the name."""
        if asked.startswith(CUSTOM):
            return "field", self.fields.get(asked, 0)
        return KINDS.get(asked, asked), key


#: What a filter's field names, as the audit calls it.
KINDS = {"owner": "person", "groups": "group"}


def read_names(decisions: Iterable[Decision]) -> NamesOf:
    """Return the names that these decisions mention, as they are today; `as_of` says as they were."""
    all_of_them = list(decisions)
    traces = read_traces(all_of_them)
    asked = ids_named(condition for trace in traces.values() for condition in conditions_of(trace))
    people = {person for one in all_of_them for person in _people_of(one, traces[one.pk])} | _ids(asked, "owner")
    groups = {group for decision in all_of_them for group in decision.group_ids} | _ids(asked, "groups")
    known = {person.pk: person for person in find_people(people)} if people else {}
    named = {group.pk: group.name for group in find_groups(groups)} if groups else {}
    conditions, fields = _condition_names(asked, known, named), _field_ids(asked)
    wanted: dict[str, Collection[int]] = {
        "person": known,
        "group": named,
        "account": _ids(asked, "account"),
        "field": fields.values(),
    }
    return NamesOf(known, named, conditions, traces, former_names(all_of_them, wanted), fields)


def former_names(decisions: Iterable[Decision], wanted: Mapping[str, Collection[int]]) -> FormerNames:
    """Return how things were called, by kind and id, at the instants of these decisions (one query at most)."""
    moments = [decision.at for decision in decisions]
    if not moments or not any(wanted.values()):
        return FormerNames()
    return read_former_names(wanted, since=min(moments))


def _field_ids(asked: Iterable[tuple[str, int]]) -> dict[str, int]:
    if not any(name.startswith(CUSTOM) for name, _ in asked):
        return {}
    return {CUSTOM + key: pk for key, pk in all_custom_fields().values_list("key", "pk")}


def conditions_of(trace: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Return every question that was asked of the contact."""
    for step in trace.get("steps", []):
        yield from step.get("conditions", [])


def _people_of(decision: Decision, trace: Mapping[str, Any]) -> Iterator[int]:
    yield from decision.person_ids
    yield from (one for one in (decision.owner_id, decision.actor_id) if one is not None)
    yield from (candidate["person_id"] for candidate in trace.get("candidates", []))


def _ids(asked: Iterable[tuple[str, int]], field: str) -> set[int]:
    return {one for name, one in asked if name == field}


def _condition_names(
    asked: set[tuple[str, int]], people: Mapping[int, Person], groups: Mapping[int, str]
) -> dict[tuple[str, int], str]:
    accounts, campaigns = _ids(asked, "account"), _ids(asked, "campaign")
    names = name_fields(asked) | {("owner", key): person.name for key, person in people.items()}
    names |= {("groups", key): name for key, name in groups.items()}
    if accounts:
        names |= {("account", key): account.name for key, account in accounts_by_id(accounts).items()}
    if campaigns:
        names |= {("campaign", row.pk): row.name for row in all_campaigns().filter(pk__in=campaigns)}
    return names
