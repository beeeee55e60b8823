"""
The names behind the ids of stored decisions, in a fixed few queries.

Names are today's; what was decided is not read again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from reparto.channels.queries import accounts_by_id
from reparto.contacts.describe_condition import ids_named
from reparto.contacts.name_fields import name_fields
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

    def person(self, person_id: int) -> str:
        """Return a person's name, whoever they were."""
        person = self.people.get(person_id)
        return person.name if person else gettext("somebody who is no longer here")


def read_names(decisions: Iterable[Decision]) -> NamesOf:
    """Return the names that these decisions mention."""
    all_of_them = list(decisions)
    traces = read_traces(all_of_them)
    asked = ids_named(condition for trace in traces.values() for condition in conditions_of(trace))
    people = {person for one in all_of_them for person in _people_of(one, traces[one.pk])} | _ids(asked, "owner")
    groups = {group for decision in all_of_them for group in decision.group_ids} | _ids(asked, "groups")
    known = {person.pk: person for person in find_people(people)} if people else {}
    named = {group.pk: group.name for group in find_groups(groups)} if groups else {}
    return NamesOf(known, named, _condition_names(asked, known, named), traces)


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
