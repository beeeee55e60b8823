"""The contacts that nobody is responsible for, of those that the actor may see: how many, and the oldest (LG-9)."""

from dataclasses import dataclass

from django.db.models import Count, Min

from reparto.people.actor import Actor

from .models import Contact
from .queries import visible_contacts


@dataclass(frozen=True, slots=True)
class Unassigned:
    """How many, and which of them arrived first, whether it waits for a rule or not."""

    number: int
    oldest: Contact | None


def read_unassigned(actor: Actor) -> Unassigned:
    """Return them as they stand now (two queries)."""
    # One scan of the index `contacts_contact_unassigned` for both: the first by id alone would be looked for among all
    # contacts, whose oldest have somebody.
    free = visible_contacts(actor).filter(owner__isnull=True).order_by()
    found = free.aggregate(number=Count("id"), oldest=Min("id"))
    return Unassigned(found["number"], Contact.objects.filter(pk=found["oldest"] or 0).first())
