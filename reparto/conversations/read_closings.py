"""
When conversations were closed, many at once.

It changes nothing; whoever asks has entered the organization.
"""

from collections.abc import Collection
from datetime import datetime

from .models import Conversation


def read_closings(conversation_ids: Collection[int]) -> dict[int, datetime]:
    """Return since when those of these conversations are closed that are (one query)."""
    rows = Conversation.objects.filter(pk__in=conversation_ids, closed_at__isnull=False)
    return {number: at for number, at in rows.values_list("pk", "closed_at") if at is not None}
