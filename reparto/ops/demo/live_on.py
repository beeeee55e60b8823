"""
The demo goes on: people show that they are there, customers write to the real hooks, agents answer.

What it does next follows from what is in the database, so it may be stopped and started at any instant.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from queue import Empty, Queue
from random import Random
from typing import NamedTuple

import structlog
from django.db import close_old_connections
from django.db.models import QuerySet

from reparto.contacts.queries import visible_contacts
from reparto.conversations.models import Conversation
from reparto.conversations.queries import messages_of, visible_conversations
from reparto.kit.clock import now

from .act_as_agent import act_as_agent, customer_of, dialogue_of, said_in
from .agenda import Agenda
from .cast import MANAGER
from .company import Company
from .customers import NUMBERS, Customer, make_customer, number_of
from .dialogues import LATER, THANKS
from .keep_people import Keeper
from .letters import Letter, fill_in_form, write_statuses, write_text
from .stand_in import Sent
from .step_in import step_in
from .talks_with import talks_with

log = structlog.get_logger()
Post = Callable[[Letter], None]

#: Beyond these nobody new writes, and then nobody at all.
MOST_CONTACTS, MOST_CONVERSATIONS = 2_000, 5_000
#: For so long it is lively; then calm.
LIVELY = timedelta(minutes=8)
#: An agent needs at least so long to answer.
PATIENCE = timedelta(seconds=12)
#: Who has waited for so long asks again.
LONG = timedelta(minutes=25)
#: Nobody is assigned: beyond so many the manager begins to give them out.
MOST_UNASSIGNED = 10


class Pace(NamedTuple):
    """Seconds between two of a duty, at least and at most, while it is lively and when it is calm."""

    lively: tuple[float, float]
    calm: tuple[float, float]


CUSTOMERS = Pace((4, 13), (18, 55))
AGENTS = Pace((3, 9), (9, 25))
PEOPLE = Pace((20, 30), (20, 40))
#: Longer than `show_sign_of_life` keeps signs apart, so that a viewer's own come through.
SIGNS = Pace((48, 50), (48, 50))
STATUSES = Pace((1, 1), (1, 1))


def live_on(company: Company, sent: "Queue[Sent]", post: Post, *, dice: Random) -> None:
    """Live for ever."""
    life = _Life(company, sent, post, dice)
    life.begin(now())
    while True:
        life.live(now())
        time.sleep(0.25)


class _Life:
    def __init__(self, company: Company, sent: "Queue[Sent]", post: Post, dice: Random) -> None:
        self.company, self.sent, self.post, self.dice = company, sent, post, dice
        self.keeper = Keeper(company, dice)
        self.agenda = Agenda()
        self.number = 0

    def begin(self, at: datetime) -> None:
        """Take up every duty."""
        self.calm_at = at + LIVELY
        with self.company.entered():
            # Some customers of the past have higher numbers; whoever is met again just writes again.
            self.number = visible_contacts(self.company.actor(self.company.admin_id)).count() + 40
        self.agenda.note(at, lambda at: self.post(self._begin(at)))
        self._take_up(self._show_signs, SIGNS, at)
        self._take_up(self._come_and_go, PEOPLE, at + timedelta(seconds=20))
        self._take_up(self._hear_statuses, STATUSES, at)
        self._take_up(self._let_somebody_write, CUSTOMERS, at + timedelta(seconds=2))
        self._take_up(self._let_somebody_work, AGENTS, at + timedelta(seconds=5))

    def live(self, at: datetime) -> None:
        """Do what is due by now; what fails is tried again when it is due the next time."""
        while due := self.agenda.take_due(at):
            try:
                due[1](at)
            except Exception as error:  # the outermost line of a duty: the database or the web may be away
                log.warning("demo_stumbled", error=type(error).__name__, detail=str(error)[:200])
                close_old_connections()

    def _take_up(self, duty: Callable[[datetime], None], pace: Pace, at: datetime) -> None:
        def do(at: datetime) -> None:
            # The next one first, so that a duty that fails is not given up.
            seconds = self.dice.uniform(*(pace.lively if at < self.calm_at else pace.calm))
            self.agenda.note(at + timedelta(seconds=seconds), do)
            duty(at)

        self.agenda.note(at, do)

    def _show_signs(self, at: datetime) -> None:
        with self.company.entered():
            self.keeper.show_signs(at, leave=self.keeper.signed_in(at))

    def _come_and_go(self, at: datetime) -> None:
        with self.company.entered():
            self.keeper.come_and_go(at, leave=self.keeper.signed_in(at))

    def _let_somebody_write(self, at: datetime) -> None:
        with self.company.entered():
            letter = self._next_letter(at)
        if letter is not None:
            self.post(letter)

    def _next_letter(self, at: datetime) -> Letter | None:
        talks = self._talks()
        if talks.count() >= MOST_CONVERSATIONS:
            return None
        known = self._continue(talks.filter(status="open", account_id=self.company.whatsapp.account_id), at)
        if known is not None and self.dice.random() < 0.4:
            return known
        return known if self.number >= MOST_CONTACTS else self._begin(at)

    def _continue(self, talks: QuerySet[Conversation], at: datetime) -> Letter | None:
        """Return what somebody answers who was answered, or asks who has waited for long."""
        answered = talks.filter(waiting_since__isnull=True, last_message_at__lt=at - PATIENCE)
        for talk in _some(answered, self.dice):
            customer = customer_of(talk.contact_id)
            text = self._next_line(talk, customer) if customer else ""
            if customer and text:
                return self._text(customer, text, at)
        waiting = talks.filter(
            waiting_since__lt=at - timedelta(minutes=25), last_message_at__lt=at - timedelta(minutes=20)
        )
        for talk in _some(waiting, self.dice)[:1]:
            customer = customer_of(talk.contact_id)
            return self._text(customer, self.dice.choice(LATER), at) if customer else None
        return None

    def _begin(self, at: datetime) -> Letter:
        self.number += 1
        customer = make_customer(self.number % NUMBERS)
        if customer.by_chat:
            return self._text(customer, customer.dialogue(self.dice.randint(0, 9)).customer[0], at)
        return fill_in_form(self.company.webform, customer, key=f"demo-{self.dice.getrandbits(64):x}")

    def _text(self, customer: Customer, text: str, at: datetime) -> Letter:
        wamid = f"wamid.{self.dice.getrandbits(96):024x}"
        return write_text(self.company.whatsapp, customer, text, wamid=wamid, at=at)

    def _let_somebody_work(self, at: datetime) -> None:
        with self.company.entered():
            leave = self.keeper.signed_in(at)
            self._give_out(at, leave)
            talks = self._talks().filter(status="open")
            waiting = talks.filter(waiting_since__lt=at - PATIENCE).order_by("waiting_since")
            rest = talks.filter(last_message_at__lt=at - timedelta(minutes=4)).order_by("last_message_at")
            first, then = (waiting, rest) if self.dice.random() < 0.75 else (rest, waiting)
            for talk in [*_some(first, self.dice), *_some(then, self.dice)]:
                if act_as_agent(self.company, talk.pk, at=at, dice=self.dice, leave=leave):
                    return

    def _give_out(self, at: datetime, leave: set[int]) -> None:
        if self.company.people[MANAGER.email.partition("@")[0]] in leave or self.dice.random() > 0.15:
            return
        free = visible_contacts(self.company.actor(self.company.admin_id)).filter(owner_id__isnull=True)
        ids = list(free.order_by("id").values_list("id", flat=True)[: MOST_UNASSIGNED + 5])
        if len(ids) > MOST_UNASSIGNED:
            step_in(self.company, ids[0], at=at, dice=self.dice)

    def _hear_statuses(self, at: datetime) -> None:
        """Note when each reply that was taken is sent, delivered and, mostly, read; a viewer's is answered soon."""
        while True:
            try:
                taken = self.sent.get_nowait()
            except Empty:
                return
            fates = [("sent", 1.0), ("delivered", 2.5), ("read", self.dice.uniform(5, 40))]
            for status, seconds in fates if self.dice.random() < 0.8 else fates[:2]:
                self.agenda.note(at + timedelta(seconds=seconds), partial(self._tell_status, taken, status))
            self.agenda.note(at + timedelta(seconds=self.dice.uniform(9, 25)), partial(self._answer_viewer, taken))

    def _tell_status(self, taken: Sent, status: str, at: datetime) -> None:
        self.post(write_statuses(self.company.whatsapp, taken.wamid, (status,), to=taken.to, at=at))

    def _answer_viewer(self, taken: Sent, at: datetime) -> None:
        """Answer what somebody wrote as whom a viewer is signed in; the others have time."""
        with self.company.entered():
            customer = make_customer(number_of(taken.to))
            talk = next(
                (one for one in talks_with(customer) if one.account_id == self.company.whatsapp.account_id), None
            )
            last = messages_of(talk.pk).filter(private=False).first() if talk else None
            if talk is None or last is None or last.author_id not in self.keeper.signed_in(at):
                return
            text = self._next_line(talk, customer) or self.dice.choice(THANKS)
        self.post(self._text(customer, text, at))

    def _next_line(self, talk: Conversation, customer: Customer) -> str:
        """Return what a customer has yet to say; "" when all is said."""
        said = said_in(talk.pk)
        heard = sum(one.direction == "in" for one in said)
        lines = dialogue_of(said, customer).customer
        return lines[heard] if heard < len(lines) else ""

    def _talks(self) -> QuerySet[Conversation]:
        return visible_conversations(self.company.actor(self.company.admin_id))


def _some(talks: QuerySet[Conversation], dice: Random) -> list[Conversation]:
    """Return a few of the first, in any order."""
    few = list(talks[:30])
    return dice.sample(few, min(len(few), 10))
