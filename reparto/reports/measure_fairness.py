"""
Load and fairness in one answer: per person, per rule, per hour, and what waits (BY-9, BY-35, LG-1).

A fixed number of queries, whatever the period; each figure is a sum over rows that anybody can read again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import fsum

from reparto.assignment.read_shares import Share, read_shares
from reparto.assignment.read_waiting import WaitingNow, read_waiting
from reparto.contacts.count_owned import count_owned
from reparto.contacts.queries import visible_contacts
from reparto.conversations.queries import loads_of
from reparto.kit.choose_period import Period
from reparto.people.models import Person
from reparto.rules.queries import frozen_rule_set

from .choose_scope import Scope
from .jain_index import jain_index
from .read_entries import Entries, read_entries
from .read_given import Given, GivenBy, read_given
from .read_presence import read_presence


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
    description: str  #: as it was when it last decided
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
class FairnessReport:
    """All of it."""

    period: Period
    scope: Scope
    people: tuple[PersonFigures, ...]
    rules: tuple[RuleFigures, ...]
    hours: tuple[Hour, ...]
    entries: Entries
    given: Given
    ways: Mapping[str, int]  #: how many were given by each way
    unassigned: int  #: contacts without owner now
    waiting: WaitingNow
    index: float | None


def measure_fairness(period: Period, scope: Scope, *, at: datetime) -> FairnessReport:
    """Return the figures of a period as of an instant."""
    shares = read_shares(since=period.since, until=period.until, people=scope.person_ids)
    given = read_given(period, scope)
    hours, entries = read_entries(period, scope)
    return FairnessReport(
        period=period,
        scope=scope,
        people=_people(scope.people, shares, given),
        rules=_rules(scope.actor.organization_id, shares),
        hours=_hours(hours, read_presence(period, scope, at=at)),
        entries=entries,
        given=given.get((None, None), Given()),
        ways={way: one.count for (person, way), one in given.items() if person is None and way is not None},
        unassigned=visible_contacts(scope.actor).filter(owner__isnull=True).order_by().count(),
        waiting=read_waiting(scope.actor, at=at),
        index=index_of(shares),
    )


def index_of(shares: Iterable[Share]) -> float | None:
    """Return Jain's index over people, each with what all rules gave them and what was their due."""
    return jain_index((got, due) for got, due in _totals(shares).values())


def _totals(shares: Iterable[Share]) -> dict[int, tuple[int, float]]:
    """Return what each person received from all rules, and what was their due."""
    by_person: dict[int, list[Share]] = defaultdict(list)
    for one in shares:
        by_person[one.person_id].append(one)
    return {
        person: (sum(one.received for one in theirs), fsum(one.due for one in theirs))
        for person, theirs in by_person.items()
    }


def _people(people: Sequence[Person], shares: Sequence[Share], given: GivenBy) -> tuple[PersonFigures, ...]:
    totals = _totals(shares)
    shown = [one for one in people if _matters(one) or one.pk in totals or (one.pk, None) in given]
    ids = [person.pk for person in shown]
    loads, owned = loads_of(ids), count_owned(ids)
    figures = []
    for person in shown:
        received, due = totals.get(person.pk, (0, 0.0))
        ways = {way: one.count for (who, way), one in given.items() if who == person.pk and way is not None}
        figures.append(
            PersonFigures(
                person=person,
                open=loads.get(person.pk, 0),
                contacts=owned.get(person.pk, 0),
                received=received,
                due=due,
                given=given.get((person.pk, None), Given()),
                otherwise=sum(count for way, count in ways.items() if way != "rule"),
            )
        )
    return tuple(sorted(figures, key=lambda one: (-one.received, one.person.name, one.person.pk)))


def _matters(person: Person) -> bool:
    return person.receives and person.suspended_at is None


def _rules(organization_id: int, shares: Iterable[Share]) -> tuple[RuleFigures, ...]:
    by_rule: dict[int, list[Share]] = defaultdict(list)
    for one in shares:
        by_rule[one.rule_id].append(one)
    found = [
        RuleFigures(rule_id, _description(organization_id, theirs[0]), tuple(theirs))
        for rule_id, theirs in by_rule.items()
    ]
    return tuple(sorted(found, key=lambda rule: (-rule.received, rule.rule_id)))


def _description(organization_id: int, share: Share) -> str:
    rules = frozen_rule_set(organization_id, share.rule_version).rules
    return next((rule.description for rule in rules if rule.id == share.rule_id), "")


def _hours(entries: Mapping[int, Entries], presence: Mapping[int, float]) -> tuple[Hour, ...]:
    """Return the hours from the first to the last in which anything was seen, those between included."""
    seen = sorted({*entries, *presence})
    if not seen:
        return ()
    return tuple(Hour(hour, entries.get(hour, Entries()), presence.get(hour)) for hour in range(seen[0], seen[-1] + 1))
