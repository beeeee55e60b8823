"""
Which contacts called, were not answered, and have not been called back; and that they have been.

It chooses nobody and rings nobody.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from reparto.kit.live import publish

from .models import Conversation, Message
from .note_call import MISSED_CALL

#: A row of `call_rows`: contact, payload, when, how many conversations the contact has had.
type Call = tuple[int, object, datetime, int]


@dataclass(frozen=True, slots=True)
class MissedCall:
    """The last call of a contact that nobody answered, while it waits."""

    contact_id: int
    number: str  #: as it is dialled
    at: datetime
    first: bool  #: the contact came by it


def find_missed_calls(contact_ids: Collection[int]) -> dict[int, MissedCall]:
    """Return what waits to be called back, by contact: one query."""
    return gather_missed_calls(call_rows(contact_ids)) if contact_ids else {}


def call_rows(contact_ids: Collection[int]) -> QuerySet[Message, Call]:
    """Return what `gather_missed_calls` reads of the calls of these contacts."""
    columns = ("conversation__contact_id", "payload", "sent_at", "conversation__contact__conversation_count")
    return missed_call_rows(contact_ids).values_list(*columns)


def gather_missed_calls(calls: Iterable[Call]) -> dict[int, MissedCall]:
    """Return the last call of each contact, by these rows."""
    return {
        contact: MissedCall(contact, number_of(payload), at, first=count == 1) for contact, payload, at, count in calls
    }


def missed_call_rows(contact_ids: Collection[int]) -> QuerySet[Message]:
    """Return the calls of these contacts that wait to be called back, the last one last."""
    waiting = Conversation.objects.filter(waiting_since__isnull=False, contact_id__in=contact_ids)
    return Message.objects.filter(kind=MISSED_CALL, conversation__in=waiting.exclude(status="closed")).order_by("id")


def contacts_to_call_back() -> QuerySet[Message, int]:
    """Return the contacts who called, were not answered, and were not called back."""
    calls = Message.objects.filter(kind=MISSED_CALL, conversation__waiting_since__isnull=False)
    return calls.exclude(conversation__status="closed").values_list("conversation__contact_id", flat=True)


def settle_missed_calls(organization_id: int, contact_id: int) -> None:
    """Say that somebody called back: none of the contact's calls waits any more."""
    calls = Message.objects.filter(kind=MISSED_CALL, conversation__contact_id=contact_id)
    waiting = Conversation.objects.filter(waiting_since__isnull=False, pk__in=calls.values("conversation_id"))
    talks = list(waiting.values_list("pk", flat=True))
    if talks:
        waiting.update(waiting_since=None)
        publish(organization_id, "conversations", talks)


def number_of(payload: object) -> str:
    """Return the number that called, by what the channel gave of a call; "" where it gave none."""
    call = payload.get("call") if isinstance(payload, dict) else None
    return str(call.get("from") or "") if isinstance(call, dict) else ""
