"""
Tell people that a private note names them, in the transaction that kept it.

Whoever wrote it is not told of their own words.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from reparto.kit.live import publish

from .models import Notification
from .reach_out import reach_out


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was named."""

    conversation_id: int
    contact_id: int


def notify_mentioned(
    organization_id: int, person_ids: Collection[int], place: Place, *, at: datetime, actor_id: int
) -> None:
    """Write a notification for each person named, but for the author."""
    told = [person_id for person_id in person_ids if person_id != actor_id]
    if not told:
        return
    made = Notification.objects.bulk_create(
        Notification(
            organization_id=organization_id,
            person_id=person_id,
            kind="mention",
            contact_id=place.contact_id,
            conversation_id=place.conversation_id,
            created_at=at,
            shown_from=at,
        )
        for person_id in told
    )
    reach_out([one.pk for one in made])
    publish(organization_id, "notifications", told)
