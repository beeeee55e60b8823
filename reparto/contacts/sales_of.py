"""
Read the sales of a contact, those that were cancelled among them.

Who may see the contact is asked before.
"""

from typing import Any

from django.db.models import QuerySet

from .models import Sale


def sales_of(contact_id: int) -> QuerySet[Sale]:
    """Return the sales of a contact with who sold, newest first."""
    return Sale.objects.filter(contact_id=contact_id).select_related("seller").order_by("-at", "-id")


def sales_recorded_since(contact_id: Any, since: Any) -> QuerySet[Sale]:
    """Return what was sold to a contact and recorded since an instant; both may be references, for a subquery."""
    return Sale.objects.filter(contact_id=contact_id, recorded_at__gte=since, cancelled_at__isnull=True)
