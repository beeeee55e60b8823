"""
Take back what nobody was told yet: the notices of an act that was undone.

A notice that was read stays.
"""

from .models import Notification


def withdraw_notices(decision_id: int) -> None:
    """Remove the unread notices of one decision."""
    Notification.objects.filter(decision_id=decision_id, read_at__isnull=True).delete()
