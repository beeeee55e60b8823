"""
Read the sales of a contact, those that were cancelled among them.

Who may see the contact is asked before.
"""

from django.db.models import QuerySet

from .models import Sale


def sales_of(contact_id: int) -> QuerySet[Sale]:
    """Return the sales of a contact with who sold, newest first."""
    return Sale.objects.filter(contact_id=contact_id).select_related("seller").order_by("-at", "-id")
