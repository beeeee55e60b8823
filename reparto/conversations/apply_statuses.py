"""
What became of what we said: every status event is kept, and the message shows the furthest of them.

The order in which events come does not matter (INV-5).
"""

from collections.abc import Sequence
from datetime import datetime

from reparto.channels.shapes import StatusEvent as Event
from reparto.channels.whatsapp.latest_status import latest_status
from reparto.kit.live import publish
from reparto.kit.prepared import prepared_cursor

from .models import Message, StatusEvent
from .restate_follow_ups import hold_contacts_of, restate_follow_ups

#: A status may come while the answer that names its message is being kept, and neither transaction sees the other's
#: row: whoever keeps statuses waits for those who keep answers, and they for it. Answers do not wait for each other.
KEEP_STATUSES = "SELECT pg_advisory_xact_lock(hashtextextended('statuses', %s))"
KEEP_AN_ANSWER = "SELECT pg_advisory_xact_lock_shared(hashtextextended('statuses', %s))"


def apply_statuses(organization_id: int, events: Sequence[tuple[int, Event]], *, at: datetime) -> None:
    """Store (account, event) pairs once each and bring their messages up to date."""
    if not events:
        return
    _take_turns(organization_id, KEEP_STATUSES)
    StatusEvent.objects.bulk_create(
        [_row(organization_id, account_id, event, at=at) for account_id, event in events], ignore_conflicts=True
    )
    messages = list(Message.objects.filter(external_id__in={event.external_id for _, event in events}, direction="out"))
    show_furthest(messages)
    publish(organization_id, "messages", {message.conversation_id for message in messages})


def await_statuses(organization_id: int) -> None:
    """Before an answer that names a message is kept: statuses being kept just now are seen, later ones see it."""
    _take_turns(organization_id, KEEP_AN_ANSWER)


def _take_turns(organization_id: int, lock: str) -> None:
    with prepared_cursor() as cursor:
        cursor.execute(lock, [organization_id])


def show_furthest(messages: Sequence[Message]) -> None:
    """Let messages that left show the furthest of the events that are stored of them; one that failed is no answer."""
    turned: list[int] = []
    known = StatusEvent.objects.filter(external_id__in=[message.external_id for message in messages])
    for message in messages:
        mine = [e for e in known if (e.account_id, e.external_id) == (message.account_id, message.external_id)]
        failed = message.status == "failed"
        message.status = latest_status({"sent", *(event.status for event in mine)})
        message.error = next((_title(event) for event in mine if event.error), message.error)
        if failed != (message.status == "failed"):
            turned.append(message.conversation_id)
    contacts = hold_contacts_of(turned) if turned else []
    Message.objects.bulk_update(messages, ["status", "error"])
    if contacts:
        restate_follow_ups(contacts)


def _row(organization_id: int, account_id: int, event: Event, *, at: datetime) -> StatusEvent:
    error = {"code": event.error.code, "title": event.error.title} if event.error else None
    return StatusEvent(
        organization_id=organization_id,
        account_id=account_id,
        external_id=event.external_id,
        status=event.status,
        error=error,
        at=event.at or at,
    )


def _title(event: StatusEvent) -> str:
    return str((event.error or {}).get("title", ""))[:500]
