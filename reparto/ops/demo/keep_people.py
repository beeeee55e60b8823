"""
The people of the demo come and go, and show signs of life, as people at their desks do.

Whoever a viewer has signed in as is left alone: their signs of life are the browser's, ours fall on a full second.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.wake_waiting import wake_waiting
from reparto.people.queries import find_people, last_signs_of_life
from reparto.people.set_availability import set_availability
from reparto.people.show_sign_of_life import show_sign_of_life

from .agenda import Agenda
from .cast import ABSENCES, PEOPLE
from .company import Company
from .working_week import LATELY, WorkingWeek

#: For how long a viewer's last sign of life keeps their person theirs.
THEIRS = timedelta(seconds=150)
MOST_AWAY = 3


@dataclass(frozen=True, slots=True)
class Declared:
    """What somebody says of themself."""

    status: str
    reason: str = ""
    until: datetime | None = None


HERE, GONE = Declared("available"), Declared("offline")


class Keeper:
    """Keeps those who receive work present; every call is inside `company.entered`."""

    def __init__(self, company: Company, dice: Random) -> None:
        """Know the people by the first part of their e-mail."""
        self.company, self.dice = company, dice
        by_local = {part.email.partition("@")[0]: part for part in PEOPLE if part.receives}
        self.ids = [person_id for local, person_id in company.people.items() if local in by_local]

    def plan(self, agenda: Agenda, week: WorkingWeek) -> None:
        """
        Note when they came and went in a week, and who is away at its end.

        At night they declare nothing: they just show no sign of life, as people who have closed their browser.
        """
        (begin, _), *_ = hours = week.openings()
        for person_id in (*self.ids, self.company.admin_id):
            agenda.note(begin, partial(self.declare, person_id, HERE))
        for since, end in hours:
            if end - since > LATELY:
                self._plan_lunch(agenda, since + timedelta(hours=4))
        for name, status, reason, ago, minutes in (
            ("luisa", "offline", "", 25, None),
            ("andres", "away", "En reunión", 20, 5),
            ("felipe", "away", "Almuerzo", 9, 11),
        ):
            back = week.until + timedelta(minutes=minutes) if minutes else None
            away = partial(self.declare, self.company.people[name], Declared(status, reason, back))
            agenda.note(week.until - timedelta(minutes=ago), away)

    def show_signs(self, at: datetime, *, leave: Collection[int] = ()) -> None:
        """Let everybody who is at work show a sign of life."""
        at = at.replace(microsecond=0)
        there = [one.pk for one in find_people(self.ids) if one.availability != "offline" and one.pk not in leave]
        back = [person_id for person_id in there if show_sign_of_life(person_id, at=at)]
        if back:
            wake_waiting(self.company.organization_id, reason="people", at=at)

    def signed_in(self, at: datetime) -> set[int]:
        """Return whom viewers are signed in as."""
        seen = last_signs_of_life(self.company.people.values())
        return {one for one, last in seen.items() if last.microsecond and at - last < THEIRS}

    def come_and_go(self, at: datetime, *, leave: Collection[int] = ()) -> None:
        """Let those come back whose absence is over, and now and then somebody go."""
        people = [one for one in find_people(self.ids) if one.pk not in leave]
        gone = [one for one in people if one.availability != "available"]
        for one in gone:
            over = one.availability_until is not None and one.availability_until <= at
            if over or (one.availability_until is None and self.dice.random() < 0.06):
                self.declare(one.pk, HERE, at)
        if len(gone) < MOST_AWAY and self.dice.random() < 0.1:
            self._send_away(self.dice.choice([one.pk for one in people if one not in gone]), at)

    def _send_away(self, person_id: int, at: datetime) -> None:
        reason, minutes = self.dice.choice(ABSENCES)
        self.declare(person_id, Declared("away", reason, at + timedelta(minutes=minutes)), at)

    def _plan_lunch(self, agenda: Agenda, at: datetime) -> None:
        for person_id in self.dice.sample(self.ids, 4):
            leaves = at + timedelta(minutes=self.dice.choice((0, 30, 60)))
            back = leaves + timedelta(minutes=45)
            agenda.note(leaves, partial(self.declare, person_id, Declared("away", "Almuerzo", back)))
            agenda.note(back, partial(self.declare, person_id, HERE))

    def declare(self, person_id: int, how: Declared, at: datetime) -> None:
        """Let somebody say how they are, as their page does."""
        organization_id = self.company.organization_id
        lock_desk(organization_id)
        actor = self.company.actor(person_id)
        set_availability(
            person_id,
            status=how.status,
            reason=how.reason,
            until=how.until,
            actor=actor,
            at=at.replace(microsecond=0),
        )
        wake_waiting(organization_id, reason="people", at=at)
