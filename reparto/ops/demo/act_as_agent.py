"""
One step of an agent of the demo in one conversation: answer, note, follow up, or close.

What comes next follows from what was said, so nothing need be remembered. It never acts for whoever is signed in.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Literal, NamedTuple

from reparto.assignment.answer_conversation import answer_conversation
from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.wake_waiting import wake_waiting
from reparto.contacts.edit_contact import edit_contact
from reparto.contacts.queries import addresses_of, lock_contact
from reparto.contacts.record_follow_up import FollowUpDraft, record_follow_up
from reparto.conversations.close_conversation import close_conversation
from reparto.conversations.models import Conversation
from reparto.conversations.queries import assignees_of, lock_conversation, messages_of
from reparto.conversations.send_reply import CannotSend, Reply
from reparto.notifications.mark_read import mark_read
from reparto.people.actor import Actor
from reparto.people.queries import find_people

from .company import Company
from .customers import Customer, make_customer, number_of
from .dialogue import Dialogue
from .dialogues import BY_OPENING, NOTES

Done = Literal["answered", "noted", "closed"]
#: Who has not answered for so long will not: the matter is closed.
SILENCE = timedelta(minutes=55)
#: What an agent marks the contact with, answer after answer.
STATES = ("En atención", "Cotizado", "Agendado")
FAREWELL = {"BR": "Até mais, {you}! 👋", "CL": "¡Que estés muy bien, {you}!", "CO": "¡Feliz día, {you}!"}


class Said(NamedTuple):
    """One message."""

    direction: str
    private: bool
    text: str


@dataclass(frozen=True, slots=True)
class Hand:
    """An agent with a conversation in hand, and what was said in it so far."""

    company: Company
    talk: Conversation
    said: tuple[Said, ...]
    actor: Actor
    customer: Customer
    at: datetime
    dice: Random

    def count(self, direction: str) -> int:
        """Return how often they or we spoke in public."""
        return sum(one.direction == direction and not one.private for one in self.said)

    @property
    def dialogue(self) -> Dialogue:
        """What it is about, by the way it began."""
        return dialogue_of(self.said, self.customer)


def act_as_agent(
    company: Company, conversation_id: int, *, at: datetime, dice: Random, leave: Collection[int] = ()
) -> Done | None:
    """Take one step, inside `company.entered`; None when there is nothing to do, or it is for somebody in `leave`."""
    actor = _able(company, conversation_id, leave)
    talk = lock_conversation(conversation_id) if actor else None
    customer = customer_of(talk.contact_id) if talk and talk.status != "closed" else None
    if actor is None or talk is None or customer is None:
        return None
    if dice.random() < 0.3:
        mark_read(actor=actor, at=at)
    hand = Hand(company, talk, said_in(conversation_id), actor, customer, at, dice)
    return _chat(hand) if talk.account_id == company.whatsapp.account_id else _work_lead(hand)


def customer_of(contact_id: int) -> Customer | None:
    """Return which customer of the demo a contact is; None when a viewer has typed it in."""
    phones = [one.value for one in addresses_of([contact_id]).get(contact_id, []) if one.kind == "phone"]
    return make_customer(number_of(phones[0])) if phones and phones[0][-4:].isdecimal() else None


def said_in(conversation_id: int) -> tuple[Said, ...]:
    """Return what was said in a conversation, in order."""
    rows = messages_of(conversation_id).order_by("id").values_list("direction", "private", "text")
    return tuple(Said(*row) for row in rows)


def dialogue_of(said: Sequence[Said], customer: Customer) -> Dialogue:
    """Return what a conversation is about, by the way it began."""
    first = next((one.text for one in said if one.direction == "in"), "")
    return BY_OPENING.get(first, customer.dialogue())


def _able(company: Company, conversation_id: int, leave: Collection[int]) -> Actor | None:
    """Return somebody who has the conversation and is there; nobody when a viewer is among them."""
    people = assignees_of([conversation_id])[conversation_id].person_ids
    if set(people) & set(leave):
        return None
    able = [one.pk for one in find_people(people) if one.availability == "available"] if people else []
    return company.actor(able[0]) if able else None


def _chat(hand: Hand) -> Done | None:
    ours, dialogue = hand.count("out"), hand.dialogue
    if hand.talk.waiting_since is None:
        silent = hand.at - hand.talk.last_message_at > SILENCE
        over = silent or hand.count("in") >= len(dialogue.customer) or ours >= len(dialogue.agent)
        return _close(hand) if over else None
    lines = (*dialogue.agent, FAREWELL[hand.customer.country])
    try:
        _say(hand, lines[min(ours, len(lines) - 1)])
    except CannotSend:
        return _close(hand)
    if hand.dice.random() < 0.12:
        _say(hand, hand.dice.choice(NOTES), private=True)
    if hand.dice.random() < 0.5:
        _mark(hand, STATES[min(ours, len(STATES) - 1)])
    return "answered"


def _say(hand: Hand, text: str, *, private: bool = False) -> None:
    words = text.format(me=hand.actor.name.split()[0], you=hand.customer.first_name)
    words = words.replace("$ ", "$\N{NO-BREAK SPACE}")
    answer_conversation(hand.talk.pk, Reply(words, private=private), actor=hand.actor, at=hand.at)


def _work_lead(hand: Hand) -> Done:
    if any(one.private for one in hand.said):
        return _close(hand)
    note = hand.customer.inquiry().note
    _say(hand, note, private=True)
    if _owns(hand):
        kind = hand.dice.choice(("call", "call", "message", "visit"))
        record_follow_up(hand.talk.contact_id, FollowUpDraft(kind, note), actor=hand.actor, at=hand.at)
        _mark(hand, hand.dice.choice(STATES))
    return "noted"


def _mark(hand: Hand, state: str) -> None:
    """Say on the contact how far things are; somebody who only covers leaves that to the owner."""
    if _owns(hand):
        edit_contact(hand.talk.contact_id, {"fields": {"status": state}}, actor=hand.actor, at=hand.at)


def _owns(hand: Hand) -> bool:
    return lock_contact(hand.talk.contact_id).owner_id == hand.actor.person_id


def _close(hand: Hand) -> Done:
    # Whoever has room again may be given what waits: the desk first, as every page does.
    lock_desk(hand.company.organization_id)
    close_conversation(hand.talk.pk, actor=hand.actor, at=hand.at)
    wake_waiting(hand.company.organization_id, reason="people", at=hand.at)
    return "closed"
