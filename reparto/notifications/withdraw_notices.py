"""
Take back what nobody was told yet: the notices of an act that was undone.

A notice that was read stays.
"""

from django.db.models import F, OuterRef, Subquery

from .models import Notification, NotificationContact


def withdraw_notices(decision_id: int) -> None:
    """Remove the unread notices of one decision, and its contact from those that tell of several."""
    Notification.objects.filter(decision_id=decision_id, read_at__isnull=True).delete()
    told = NotificationContact.objects.filter(decision_id=decision_id, notification__read_at__isnull=True)
    rows = list(told.values_list("id", "notification_id"))
    if not rows:
        return
    NotificationContact.objects.filter(pk__in=[row for row, _ in rows]).delete()
    notices = Notification.objects.filter(pk__in=[notice for _, notice in rows])
    notices.update(number=F("number") - 1)
    notices.filter(number=0).delete()
    # One that tells of one contact alone names it.
    left = NotificationContact.objects.filter(notification_id=OuterRef("pk")).values("contact_id")
    notices.filter(number=1).update(contact_id=Subquery(left[:1]))
