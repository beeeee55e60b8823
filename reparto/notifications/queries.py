"""
Reads of what a person is told: only their own, and only once its undo window has passed.

All inside an entered organization.
"""

from datetime import datetime

from django.db.models import QuerySet

from .models import Notification, NotificationContact

#: Beyond this a bell says no more.
MOST_COUNTED = 99


def notifications_of(person_id: int, *, at: datetime) -> QuerySet[Notification]:
    """Return what a person was told by `at`, newest first."""
    return Notification.objects.filter(person_id=person_id, shown_from__lte=at).order_by("-id")


def unread_of(person_id: int, *, at: datetime) -> QuerySet[Notification]:
    """Return what a person was told by `at` and has not read; a bell counts it up to `MOST_COUNTED`."""
    return notifications_of(person_id, at=at).filter(read_at__isnull=True)


def find_notification(notification_id: int, *, person_id: int, at: datetime) -> Notification | None:
    """Return one of a person's own, or None."""
    return notifications_of(person_id, at=at).filter(pk=notification_id).first()


def contact_ids_told(notification_id: int, *, person_id: int) -> QuerySet[NotificationContact, int]:
    """Return the contacts that a notification of several tells a person of."""
    told = NotificationContact.objects.filter(notification_id=notification_id, notification__person_id=person_id)
    return told.values_list("contact_id", flat=True)
