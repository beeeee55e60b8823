"""
Bring back what was put off until now: open again, with whoever had it, and their load again.

It must run under the desk's lock: how much people carry changes by it.
"""

from datetime import datetime

from django.db.models import F

from reparto.kit.live import publish

from .models import Conversation

#: As many as one transaction brings back; the sweep finds the rest.
MOST = 500


def wake_snoozed(organization_id: int, *, at: datetime) -> list[int]:
    """Open what is due, oldest first; return which."""
    due = Conversation.objects.select_for_update().filter(status="snoozed", snoozed_until__lte=at)
    woken = list(due.order_by("snoozed_until", "id").values_list("id", flat=True)[:MOST])
    if woken:
        fresh = Conversation.objects.filter(pk__in=woken)
        fresh.update(status="open", snoozed_until=None, version=F("version") + 1)
        publish(organization_id, "conversations", woken)
    return woken
