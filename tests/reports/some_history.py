"""A few hours of a company, made by chance from a seed: people write, step out, close, give by hand."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from reparto.assignment.answer_halt import answer_halt
from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.halt_sweep import open_halt
from reparto.assignment.sweep_late import sweep_late
from reparto.assignment.wake_waiting import wake_waiting
from reparto.channels.models import Account
from reparto.contacts.models import Contact
from reparto.conversations.close_conversation import close_conversation
from reparto.conversations.models import Conversation
from reparto.people.actor import Actor
from reparto.people.edit_person import edit_person
from reparto.people.set_availability import set_availability
from tests.cast import AT, Cast, a_phone, a_whatsapp_account
from tests.road import a_text, work, write

MINUTE = timedelta(minutes=1)


@dataclass
class Hours:
    """What goes on."""

    cast: Cast
    account: Account
    chance: random.Random
    at: datetime = AT
    phones: tuple[str, ...] = ()
    apart: timedelta = MINUTE
    swept: bool = False  #: whether a worker looks for what is late, each time

    @property
    def agents(self) -> tuple[Actor, ...]:
        """Those who receive."""
        return self.cast.alba, self.cast.bruno, self.cast.carla

    def pass_time(self, steps: int) -> datetime:
        """Let so many things happen, one after the other; return the instant after the last."""
        ways: list[Callable[[], None]] = [self.write, self.write, self.write, self.close, self.step, self.give]
        for _ in range(steps):
            self.chance.choice(ways)()
            self.at += self.apart
            wake_waiting(self.cast.organization_id, reason="people", at=self.at)
            work(self.cast.organization_id, at=self.at)
            if self.swept:
                self.sweep()
        return self.at + self.apart

    def sweep(self) -> None:
        """A worker looks for what is late; where it asks first, it is told at once to go on."""
        sweep_late(self.cast.organization_id, clock=lambda: self.at)
        halt = open_halt()
        if halt is not None and halt.state == "asks":
            answer_halt(halt.pk, "go_on", actor=self.cast.admin, at=self.at)
            sweep_late(self.cast.organization_id, clock=lambda: self.at)

    def write(self) -> None:
        """Somebody writes."""
        write(self.account, a_text(self.chance.choice(self.phones), at=self.at), at=self.at)

    def close(self) -> None:
        """A conversation ends."""
        talks = Conversation.objects.exclude(status="closed").order_by("id").values_list("pk", flat=True)
        if talks:
            close_conversation(self.chance.choice(talks), actor=self.cast.admin, at=self.at)

    def step(self) -> None:
        """Somebody steps out, or comes back."""
        person = self.chance.choice(self.agents)
        status = self.chance.choice(("available", "away"))
        set_availability(person.person_id, status=status, actor=person, at=self.at)

    def give(self) -> None:
        """A contact is given by hand."""
        contacts = Contact.objects.order_by("id").values_list("pk", flat=True)
        if contacts:
            owner = self.chance.choice(self.agents).person_id
            assign_by_hand(self.chance.choice(contacts), owner_id=owner, actor=self.cast.admin, at=self.at)


def some_hours(cast: Cast, seed: int, *, capacity: int | None = 2) -> Hours:
    """Return hours that have not begun, in which the three receive on one number."""
    chance = random.Random(seed)
    account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno, cast.carla))
    for person in (cast.alba, cast.bruno, cast.carla):
        edit_person(person.person_id, {"capacity": capacity}, actor=cast.admin, at=AT)
    return Hours(cast, account, chance, phones=tuple(a_phone() for _ in range(8)))
