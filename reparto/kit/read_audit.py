"""
Read who changed one thing, when, from what to what.

Whoever asks has made sure that the thing is the actor's to see.
"""

from collections.abc import Collection

from django.db.models import QuerySet

from .models import AuditEntry


def read_audit(object_kind: str, object_ids: Collection[int]) -> QuerySet[AuditEntry]:
    """Return the entries about these things, newest first."""
    return AuditEntry.objects.filter(object_kind=object_kind, object_id__in=list(object_ids)).order_by("-at", "-id")
