"""
The names behind the ids of stored decisions, in a fixed few queries.

They are those of the instant of each decision (`as_of`), whatever was renamed since; nothing is decided again.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from reparto.channels.queries import accounts_by_id
from reparto.contacts.describe_condition import ids_named
from reparto.contacts.name_fields import name_fields
from reparto.contacts.queries import all_custom_fields
from reparto.engine import CUSTOM
from reparto.kit.models import AuditEntry
from reparto.kit.read_former_names import FormerNames, Renaming, gather_former_names, renaming_rows
from reparto.kit.read_together import read_together
from reparto.people.models import Person
from reparto.people.queries import all_campaigns, group_rows, people_rows

from .models import Decision
from .read_trace import shared_rows, turn_of, whole_traces
from .tried_last import as_tried, tried_rows

#: So many of a line of turns are named.
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class NamesOf:
    """People and groups by id, what filters name, and the whole traces in which they were found."""

    people: Mapping[int, Person]
    groups: Mapping[int, str]
    conditions: Mapping[tuple[str, int], str]
    traces: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)  #: by decision
    tried: Mapping[int, Decision] = field(
        default_factory=dict
    )  #: of what waits, as the last try left them: `tried_last`
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


NEVER = datetime(1, 1, 1, tzinfo=UTC)
#: What a filter's field names, as the audit calls it.
KINDS = {"owner": "person", "groups": "group"}


def read_names(
    decisions: Iterable[Decision], *, whole: Iterable[Decision] | None = None, others: Iterable[int] = ()
) -> NamesOf:
    """
    Return the names that these decisions mention, as they are today; `as_of` says as they were (two queries mostly).

    `whole`: those of them that are told with all whom and what they asked; None: all. `others`: people to be named too.
    """
    stored = list(decisions)
    told = stored if whole is None else list(whole)
    waits, shared = tried_rows(told), shared_rows(stored)
    read_together(waits, shared)
    tried = as_tried(told, waits)
    all_of_them = [tried.get(one.pk, one) for one in stored]
    traces = whole_traces(all_of_them, shared)
    asked = ids_named(condition for one in told for condition in conditions_of(traces[one.pk]))
    people = {*others, *(person for one in all_of_them for person in _people_of(one)), *_ids(asked, "owner")}
    people |= {candidate["person_id"] for one in told for candidate in traces[one.pk].get("candidates", [])}
    turns = [turn for one in told if (turn := turn_of(one, traces[one.pk].get("steps", [])))]
    people |= {person for turn in turns for person in (turn["before"], *turn["line"][:MOST_NAMED]) if person}
    groups = {group for decision in all_of_them for group in decision.group_ids} | _ids(asked, "groups")
    fields = _field_ids(asked)
    rows, teams = people_rows(people), group_rows(groups)
    wanted = {"person": people, "group": groups, "account": _ids(asked, "account"), "field": fields.values()}
    renamings = _renamings(all_of_them, wanted)
    read_together(rows, teams, renamings)
    known, named = {person.pk: person for person in rows}, {group.pk: group.name for group in teams}
    conditions = _condition_names(asked, known, named)
    return NamesOf(known, named, conditions, traces, tried, gather_former_names(renamings), fields)


def _renamings(decisions: Iterable[Decision], wanted: Mapping[str, Collection[int]]) -> QuerySet[AuditEntry, Renaming]:
    """Return how things were called, by kind and id, at the instants of these decisions."""
    moments = [decision.at for decision in decisions]
    return renaming_rows(wanted if moments else {}, since=min(moments, default=NEVER))


def _field_ids(asked: Iterable[tuple[str, int]]) -> dict[str, int]:
    if not any(name.startswith(CUSTOM) for name, _ in asked):
        return {}
    return {CUSTOM + key: pk for key, pk in all_custom_fields().values_list("key", "pk")}


def conditions_of(trace: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Return every question that was asked of the contact."""
    for step in trace.get("steps", []):
        yield from step.get("conditions", [])


def _people_of(decision: Decision) -> Iterator[int]:
    yield from decision.person_ids
    yield from (one for one in (decision.owner_id, decision.actor_id) if one is not None)


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
