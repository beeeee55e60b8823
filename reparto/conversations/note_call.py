"""
What is known of a call, in its conversation: one entry a call, whatever number of events tell of it, in any order.

It chooses nobody, and must run under the desk's lock. A call that nobody answered opens a conversation and waits; one
that was answered settles what waits there and opens nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reparto.kit.live import publish

from .change_assignees import add_load
from .models import Conversation, Message
from .queries import assignees_of, lock_conversation
from .thread_messages import Said, thread_messages

#: Kinds of messages that are calls.
CALL, MISSED_CALL = "call", "missed_call"
type Fact = tuple[str, bool, int]  #: status, of a leg only, who of ours (0: nobody)


@dataclass(frozen=True, slots=True)
class ToldOfCall:
    """One event of a call. `person_id`: who of ours answered; `said_by`: what the provider called them."""

    contact_id: int
    account_id: int
    call_id: str
    status: str  #: missed, answered, ended
    sent_at: datetime
    caller: str = ""  #: the number to call back
    leg: bool = False
    person_id: int | None = None
    said_by: str = ""
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class NotedCall:
    """How the call stands now."""

    conversation_id: int
    contact_id: int
    account_id: int
    outcome: str  #: missed, answered, ended
    person_id: int | None  #: who of ours answered
    waits: bool  #: somebody has to call back
    may_ring_on: bool  #: only some of the phones have said that nobody answered
    starts: bool  #: somebody has to call back, in a conversation that began with this call


def note_call(organization_id: int, told: ToldOfCall, *, at: datetime) -> NotedCall | None:
    """Note one event of a call; None when nothing new is known by it."""
    message = find_call(told.account_id, told.call_id)
    former = _facts(message)
    facts = former | {(told.status, told.leg, told.person_id or 0)}
    if message is not None and facts == former:
        return None
    if message is None:
        message = _begin(organization_id, told, _outcome(facts), at=at)
    elif _outcome(facts) != _outcome(former):
        _turn(organization_id, message, _outcome(facts), at=at)
    _keep(message, told, facts)
    talk = lock_conversation(message.conversation_id)
    if _outcome(facts) == "answered" and talk.waiting_since is not None:
        _settle(organization_id, talk, message, at=at)
    publish(organization_id, "messages", [talk.pk])
    return _noted(talk, message, facts)


def _noted(talk: Conversation, message: Message, facts: Collection[Fact]) -> NotedCall:
    waits = _outcome(facts) == "missed" and talk.waiting_since is not None
    return NotedCall(
        talk.pk,
        talk.contact_id,
        talk.account_id,
        _outcome(facts),
        message.author_id,
        waits=waits,
        may_ring_on=all(leg for _, leg, _ in facts),
        starts=waits and talk.opened_at == message.created_at,
    )


def find_call(account_id: int, call_id: str) -> Message | None:
    """Return the entry of a call, with its conversation."""
    rows = Message.objects.select_related("conversation")
    return rows.filter(account_id=account_id, external_id=f"call:{call_id}").first()


def _facts(message: Message | None) -> set[Fact]:
    known = ((message.payload or {}).get("call") or {}).get("facts", []) if message else []
    return {(status, leg, person) for status, leg, person in known}


def _outcome(facts: Collection[Fact]) -> str:
    """Whatever the order: who talked has answered; then a phone that rang in vain; an open line alone says little."""
    found = {status for status, _, _ in facts}
    return next(one for one in ("answered", "missed", "ended") if one in found)


def _begin(organization_id: int, told: ToldOfCall, outcome: str, *, at: datetime) -> Message:
    missed = outcome == "missed"
    said = Said(
        contact_id=told.contact_id,
        account_id=told.account_id,
        external_id=f"call:{told.call_id}",
        kind=MISSED_CALL if missed else CALL,
        text="",
        sent_at=told.sent_at,
        passive=not missed,
    )
    thread_messages(organization_id, [said], at=at)
    return Message.objects.select_related("conversation").get(
        account_id=told.account_id, external_id=f"call:{told.call_id}"
    )


def _keep(message: Message, told: ToldOfCall, facts: Collection[Fact]) -> None:
    known: dict[str, Any] = ((message.payload or {}).get("call") or {}) | {"facts": sorted(facts)}
    known["seconds"] = max(known.get("seconds") or 0, told.seconds or 0) or None
    known["said_by"] = known.get("said_by") or told.said_by
    known["from"] = known.get("from") or told.caller
    message.payload = {"call": known}
    # Of several who talked, one after the other, the first.
    message.author_id = message.author_id or told.person_id
    message.save(update_fields=["payload", "author", "kind"])


def _turn(organization_id: int, message: Message, outcome: str, *, at: datetime) -> None:
    """Let an entry say otherwise than before; a call that turns out missed waits in an open conversation."""
    message.kind = MISSED_CALL if outcome == "missed" else CALL
    talk = lock_conversation(message.conversation_id)
    if talk.preview_kind in (CALL, MISSED_CALL):
        Conversation.objects.filter(pk=talk.pk).update(preview_kind=message.kind)
    if outcome != "missed":
        return
    others = Conversation.objects.filter(contact_id=talk.contact_id, account_id=talk.account_id)
    if talk.status == "closed" and (other := others.exclude(status="closed").first()):
        message.conversation = talk = other
        message.save(update_fields=["conversation"])
    if talk.status == "closed":
        add_load(organization_id, assignees_of([talk.pk])[talk.pk].person_ids, talk.effort)
    talk.status, talk.closed_at, talk.snoozed_until = "open", None, None
    talk.waiting_since = talk.waiting_since or at
    talk.save(update_fields=["status", "closed_at", "snoozed_until", "waiting_since"])


def _settle(organization_id: int, talk: Conversation, message: Message, *, at: datetime) -> None:
    """Nobody has to call back any more; what this very call had opened is done with."""
    talk.waiting_since = None
    if talk.status == "open" and talk.opened_at == message.created_at:
        talk.status, talk.closed_at = "closed", at
        add_load(organization_id, assignees_of([talk.pk])[talk.pk].person_ids, -talk.effort)
    talk.save(update_fields=["waiting_since", "status", "closed_at"])
