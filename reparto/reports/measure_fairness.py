"""
Load and fairness in one answer: per person, per rule, per hour, and what waits (BY-9, BY-35, LG-1).

A fixed number of queries, whatever the period; each figure is a sum over rows that anybody can read again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from reparto.assignment.read_waiting import WaitingNow, read_waiting
from reparto.assignment.shares import Share
from reparto.channels.queries import accounts_by_id
from reparto.contacts.count_owned import count_owned
from reparto.contacts.read_unassigned import Unassigned, read_unassigned
from reparto.conversations.queries import loads_of
from reparto.kit.choose_period import Period
from reparto.people.models import Person
from reparto.rules.queries import all_rules, frozen_rule_set

from .choose_scope import Scope
from .figures import Entries, Given, all_entries, all_given
from .jain_index import index_of, jain_index, totals_of
from .read_presence import read_presence
from .read_speeds import Speed, Speeds, read_speeds
from .read_tally import Came, Tally, read_tally


@dataclass(frozen=True, slots=True)
class PersonFigures:
    """What one person carries, what rules gave them, and what was their due."""

    person: Person
    open: int  #: effort units now
    contacts: int  #: of which they are the owner now
    received: int  #: by rules
    due: float
    given: Given  #: by any way
    otherwise: int  #: of it, not by a rule

    @property
    def difference(self) -> float:
        """How many more than their due they received; below zero: fewer."""
        return self.received - self.due


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """What one rule handed out."""

    rule_id: int
    description: str  #: as it is called now; of one that is gone, as it was when it last decided
    deleted: bool  #: no longer in the list
    shares: tuple[Share, ...]  #: of the people in scope

    @property
    def received(self) -> int:
        """How many."""
        return sum(one.received for one in self.shares)

    @property
    def index(self) -> float | None:
        """Jain's index over the people in scope."""
        return jain_index((one.received, one.due) for one in self.shares)


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of the day, over all days of the period."""

    hour: int
    entries: Entries
    present: float | None  #: people, on average; None: nobody looked


@dataclass(frozen=True, slots=True)
class ChannelFigures:
    """What came in by one channel, and what of it was given to people."""

    channel: str  #: "": contacts without a conversation
    entries: Entries
    given: int


@dataclass(frozen=True, slots=True)
class FairnessReport:
    """All of it."""

    period: Period
    scope: Scope
    people: tuple[PersonFigures, ...]
    rules: tuple[RuleFigures, ...]
    hours: tuple[Hour, ...]
    channels: tuple[ChannelFigures, ...]  #: the busiest first
    entries: Entries
    given: Given
    ways: Mapping[str, int]  #: how many were given by each way
    unassigned: Unassigned  #: contacts without owner now
    waiting: WaitingNow  #: in the queue now
    index: float | None
    every: int  #: speeds are those of one decision out of so many


def measure_fairness(period: Period, scope: Scope, *, at: datetime) -> FairnessReport:
    """Return the figures of a period as of an instant."""
    tally = read_tally(period, scope)
    speeds = read_speeds(period, scope, decisions=tally.decisions)
    return FairnessReport(
        period=period,
        scope=scope,
        people=_people(scope.people, tally, speeds),
        rules=_rules(scope.actor.organization_id, tally.shares),
        hours=_hours(tally.hours, read_presence(period, scope, at=at)),
        channels=_channels(tally.accounts, speeds),
        entries=all_entries(tally, speeds),
        given=all_given(tally, speeds),
        ways=_ways(tally),
        unassigned=read_unassigned(scope.actor),
        waiting=read_waiting(scope.actor, at=at),
        index=index_of(tally.shares),
        every=speeds.every,
    )


def _ways(tally: Tally) -> dict[str, int]:
    ways: dict[str, int] = defaultdict(int)
    for (_, way), count in tally.given.items():
        ways[way] += count
    return dict(ways)


def _channels(accounts: Mapping[int, Came], speeds: Speeds) -> tuple[ChannelFigures, ...]:
    known = accounts_by_id(accounts)
    by_channel: dict[str, list[Came]] = defaultdict(list)
    for number, came in accounts.items():
        by_channel[known[number].kind if number in known else ""].append(came)
    figures = [
        ChannelFigures(channel, Entries.of(came, speeds.assigned.get(channel, Speed())), sum(one.given for one in came))
        for channel, came in by_channel.items()
    ]
    return tuple(sorted(figures, key=lambda one: (-one.entries.arrived, -one.given, one.channel)))


def _people(people: Sequence[Person], tally: Tally, speeds: Speeds) -> tuple[PersonFigures, ...]:
    totals, given = totals_of(tally.shares), _given(tally)
    shown = [one for one in people if _matters(one) or one.pk in totals or one.pk in given]
    ids = [person.pk for person in shown]
    loads, owned = loads_of(ids), count_owned(ids)
    figures = []
    for person in shown:
        received, due = totals.get(person.pk, (0, 0.0))
        ways = given.get(person.pk, {})
        figures.append(
            PersonFigures(
                person=person,
                open=loads.get(person.pk, 0),
                contacts=owned.get(person.pk, 0),
                received=received,
                due=due,
                given=Given.of(sum(ways.values()), speeds.followed.get(person.pk, Speed())),
                otherwise=sum(count for way, count in ways.items() if way != "rule"),
            )
        )
    return tuple(sorted(figures, key=lambda one: (-one.received, one.person.name, one.person.pk)))


def _given(tally: Tally) -> dict[int, dict[str, int]]:
    """Return how many each person was given, by way."""
    given: dict[int, dict[str, int]] = defaultdict(dict)
    for (person, way), count in tally.given.items():
        given[person][way] = count
    return given


def _matters(person: Person) -> bool:
    return person.receives and person.suspended_at is None


def _rules(organization_id: int, shares: Iterable[Share]) -> tuple[RuleFigures, ...]:
    by_rule: dict[int, list[Share]] = defaultdict(list)
    for one in shares:
        by_rule[one.rule_id].append(one)
    listed = dict(all_rules().values_list("pk", "description"))
    found = []
    for rule_id, theirs in by_rule.items():
        deleted = rule_id not in listed
        description = _last(organization_id, theirs) if deleted else listed[rule_id]
        found.append(RuleFigures(rule_id, description, deleted, tuple(theirs)))
    return tuple(sorted(found, key=lambda rule: (-rule.received, rule.rule_id)))


def _last(organization_id: int, theirs: Iterable[Share]) -> str:
    """Return what a rule was called when it last decided."""
    latest = max(theirs, key=lambda one: one.rule_version)
    rules = frozen_rule_set(organization_id, latest.rule_version).rules
    return next((rule.description for rule in rules if rule.id == latest.rule_id), "")


def _hours(came: Mapping[int, Came], presence: Mapping[int, float]) -> tuple[Hour, ...]:
    """Return the hours from the first to the last in which anything was seen, those between included."""
    seen = sorted({*came, *presence})
    if not seen:
        return ()
    whole = range(seen[0], seen[-1] + 1)
    return tuple(Hour(hour, Entries.of([came.get(hour, Came())]), presence.get(hour)) for hour in whole)
