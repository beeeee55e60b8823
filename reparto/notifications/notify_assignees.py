"""
Tell people of what they were given, in the transaction that gave it.

Whoever acted is not told of their own act; an act that can be undone is told of after the undo window.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reparto.kit.live import publish

from .models import Notification

UNDO_SECONDS = 8


@dataclass(frozen=True, slots=True)
class Told:
    """Who is to be told of which assignment."""

    person_ids: tuple[int, ...]
    contact_id: int
    conversation_id: int | None
    decision_id: int


def notify_assignees(organization_id: int, told: Sequence[Told], *, at: datetime, actor_id: int | None = None) -> None:
    """Write a notification for each person given something, but for the actor."""
    shown_from = at if actor_id is None else at + timedelta(seconds=UNDO_SECONDS)
    rows = [
        Notification(
            organization_id=organization_id,
            person_id=person,
            kind="assigned",
            contact_id=one.contact_id,
            conversation_id=one.conversation_id,
            decision_id=one.decision_id,
            created_at=at,
            shown_from=shown_from,
        )
        for one in told
        for person in one.person_ids
        if person != actor_id
    ]
    if rows:
        Notification.objects.bulk_create(rows)
        publish(organization_id, "notifications", {row.person_id for row in rows})
