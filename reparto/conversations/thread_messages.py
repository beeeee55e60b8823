"""
Into which conversation: the one that is not closed, or a new one; many messages at once.

It must not choose who answers.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reparto.channels.queries import efforts_of
from reparto.contacts.queries import count_conversations
from reparto.engine import fold

from .apply_changes import CHANGES, apply_changes
from .expect_attachments import expect_attachments
from .models import Conversation, Message

type Place = tuple[int, int]  #: contact and account


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a contact said on an account. `external_id` is new on that account: asked before."""

    contact_id: int
    account_id: int
    external_id: str
    kind: str
    text: str
    sent_at: datetime
    automatic: bool = False
    passive: bool = False  #: a reaction or the like: nothing to answer, opens nothing
    about: str | None = None  #: external id of the message answered, reacted to, edited or removed
    payload: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Threaded:
    """Where one message went."""

    conversation_id: int
    contact_id: int
    is_new: bool  #: the conversation began with it
    wants_answer: bool  #: said by a person, and not a mere reaction


def thread_messages(organization_id: int, said: Sequence[Said], *, at: datetime) -> list[Threaded]:
    """Store messages in their conversations, in order, opening those that are missing."""
    talks = _find(said)
    fresh = _draft_missing(organization_id, said, talks, at=at)
    for one in said:
        _note(talks[_place(one)], one, at=at)
    _save(talks, fresh)
    messages = Message.objects.bulk_create([_message(talks[_place(one)], one, at=at) for one in said])
    expect_attachments(messages, at=at)
    apply_changes(organization_id, [(one.account_id, one.kind, one.external_id, one.about) for one in said], at=at)
    return [
        Threaded(talks[_place(one)].pk, one.contact_id, _place(one) in fresh, wants_answer=_wants_answer(one))
        for one in said
    ]


def _place(one: Said) -> Place:
    return (one.contact_id, one.account_id)


def _wants_answer(one: Said) -> bool:
    return not one.automatic and not one.passive


def _find(said: Sequence[Said]) -> dict[Place, Conversation]:
    """Return the conversations that are not closed, as they are now. What opens none joins the last."""
    # Their rows are held: what a person has just done to one is seen, and written over by nobody.
    rows = Conversation.objects.select_for_update().filter(contact_id__in={one.contact_id for one in said})
    places = {_place(one) for one in said}
    talks = _by_place(rows.exclude(status="closed").order_by("id"), places)
    quiet = places - _speaking(said) - talks.keys()
    return talks | _by_place(rows.filter(status="closed").order_by("id"), quiet) if quiet else talks


def _by_place(rows: Iterable[Conversation], places: Collection[Place]) -> dict[Place, Conversation]:
    return {(talk.contact_id, talk.account_id): talk for talk in rows if (talk.contact_id, talk.account_id) in places}


def _speaking(said: Iterable[Said]) -> set[Place]:
    """Return the places in which something was said that opens a conversation."""
    return {_place(one) for one in said if not one.passive}


def _draft_missing(
    organization_id: int, said: Sequence[Said], talks: dict[Place, Conversation], *, at: datetime
) -> set[Place]:
    fresh = {_place(one): None for one in said if _place(one) not in talks}
    speaking, efforts = _speaking(said), efforts_of({account for _, account in fresh}) if fresh else {}
    for contact_id, account_id in fresh:
        opens = (contact_id, account_id) in speaking
        talks[contact_id, account_id] = Conversation(
            organization_id=organization_id,
            contact_id=contact_id,
            account_id=account_id,
            effort=efforts.get(account_id, 1),
            status="open" if opens else "closed",
            opened_at=at,
            closed_at=None if opens else at,
            last_message_at=at,
        )
    return set(fresh)


def _note(talk: Conversation, one: Said, *, at: datetime) -> None:
    """Let a conversation show its last message; a person's message reopens it and waits for an answer."""
    if one.kind in CHANGES:
        return  # what it changes shows it
    talk.last_message_at = at
    talk.preview, talk.preview_kind = one.text[:200], one.kind
    talk.last_inbound_at = max(talk.last_inbound_at or one.sent_at, one.sent_at)
    if _wants_answer(one):
        talk.status, talk.snoozed_until = "open", None
        talk.waiting_since = talk.waiting_since or at


def _save(talks: Mapping[Place, Conversation], fresh: set[Place]) -> None:
    """Insert what is new, and write what changed of the rest, in two statements however many."""
    Conversation.objects.bulk_create([talks[place] for place in fresh])
    known = [talk for place, talk in talks.items() if place not in fresh]
    if known:
        Conversation.objects.bulk_update(known, NOTED)
    if fresh:
        count_conversations([contact for contact, _ in fresh])


NOTED = ["last_message_at", "preview", "preview_kind", "last_inbound_at", "status", "snoozed_until", "waiting_since"]


def _message(talk: Conversation, one: Said, *, at: datetime) -> Message:
    return Message(
        organization_id=talk.organization_id,
        conversation_id=talk.pk,
        account_id=talk.account_id,
        direction="in",
        external_id=one.external_id,
        kind=one.kind,
        text=one.text,
        folded=fold(one.text),
        automatic=one.automatic,
        payload=one.payload,
        about=one.about,
        sent_at=one.sent_at,
        created_at=at,
    )
