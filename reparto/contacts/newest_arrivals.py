"""
The contacts that arrived by themselves lately, for whoever asks what became of them.

It looks at the newest contacts only, so that no company is too large for it.
"""

from datetime import datetime

from django.db.models import QuerySet

from .models import Contact


def newest_arrivals(*, since: datetime, most: int) -> QuerySet[Contact]:
    """Return those of the newest `most` contacts that arrived by themselves since an instant."""
    # contacts_contact_newest finds them without reading the others.
    newest = Contact.objects.order_by("-id").values("pk")[:most]
    return Contact.objects.filter(
        pk__in=newest, created_at__gte=since, arrived_by_itself=True, merged_into__isnull=True
    )
