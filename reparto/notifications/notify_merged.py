"""
Tell owners that their contact and another were found to be one, in the transaction that merged them.

Whoever acted is not told of their own act; the others after the time in which a toast offers to take it back.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from reparto.kit.live import publish

from .models import Notification, NotificationContact
from .notify_assignees import UNDO_SECONDS
from .reach_out import reach_out


def notify_merged(  # who is told what, by whom, and when
    organization_id: int,
    person_ids: Iterable[int],
    *,
    contact_id: int,
    decision_id: int,
    actor_id: int,
    at: datetime,
) -> None:
    """Write a notice for each owner but the actor."""
    told = [person for person in dict.fromkeys(person_ids) if person != actor_id]
    made = Notification.objects.bulk_create(
        Notification(
            organization_id=organization_id,
            person_id=person,
            kind="merged",
            contact_id=contact_id,
            decision_id=decision_id,
            created_at=at,
            shown_from=at + timedelta(seconds=UNDO_SECONDS),
        )
        for person in told
    )
    if told:
        reach_out([one.pk for one in made])
        publish(organization_id, "notifications", told)


def lead_notices(from_id: int, to_id: int) -> None:
    """Let what people were told about one contact lead to another."""
    Notification.objects.filter(contact_id=from_id).update(contact_id=to_id)
    both = NotificationContact.objects.filter(contact_id=to_id).values("notification_id")
    NotificationContact.objects.filter(contact_id=from_id).exclude(notification_id__in=both).update(contact_id=to_id)
