"""
Contacts that have been quiet for long: nobody followed them up, or they bought nothing.

Whose they are, and since when, is `assignment`'s to know; nothing is judged here.
"""

from datetime import datetime

from django.db.models import DateTimeField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from .models import QUIET_SINCE, Contact, Sale


def quiet_contacts(kind: str, *, until: datetime) -> QuerySet[Contact]:
    """Return those last followed up by then, or never and here by then (index `contacts_contact_quiet_since`)."""
    return (
        Contact.objects.filter(kind=kind, merged_into__isnull=True)
        .annotate(quiet_since=QUIET_SINCE)
        .filter(quiet_since__lte=until)
    )


def unsold_clients(*, until: datetime) -> QuerySet[Contact]:
    """Return clients with no sale since then that stands (indexes `contacts_contact_clients`, `contacts_sale_by_…`)."""
    last = Sale.objects.filter(contact_id=OuterRef("pk"), cancelled_at__isnull=True).order_by("-at").values("at")[:1]
    clients = Contact.objects.filter(kind="client", merged_into__isnull=True).annotate(
        last_sale_at=Subquery(last, output_field=DateTimeField())
    )
    quiet = Coalesce(F("last_sale_at"), F("created_at"))
    return clients.annotate(quiet_since=quiet).filter(quiet_since__lte=until)


def count_contacts() -> int:
    """Return how many contacts there are, those that became another left out."""
    return Contact.objects.filter(merged_into__isnull=True).count()
