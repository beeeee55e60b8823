"""
When conversations were closed, many at once.

It changes nothing; whoever asks has entered the organization.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Max, Q

from .models import Conversation


def read_closings(conversation_ids: Collection[int]) -> dict[int, datetime]:
    """Return since when those of these conversations are closed that are (one query)."""
    rows = Conversation.objects.filter(pk__in=conversation_ids, closed_at__isnull=False)
    return {number: at for number, at in rows.values_list("pk", "closed_at") if at is not None}


def read_last_closings(contact_ids: Collection[int]) -> dict[int, datetime]:
    """Return since when those of these contacts have nothing open that had a conversation (one query)."""
    rows = Conversation.objects.filter(contact_id__in=contact_ids).values("contact_id")
    over = rows.annotate(last=Max("closed_at"), left=Count("pk", filter=Q(closed_at=None))).filter(left=0)
    return dict(over.values_list("contact_id", "last"))
