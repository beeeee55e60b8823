"""
The contacts that a person owns, parcel by parcel, for handing them over.

It asks no permission and changes nothing.
"""

from .models import Contact


def lock_contacts_of(person_id: int, *, limit: int) -> list[Contact]:
    """Return the oldest contacts of an owner, their rows held until the transaction ends."""
    return list(Contact.objects.select_for_update().filter(owner_id=person_id).order_by("id")[:limit])


def count_contacts_of(person_id: int) -> int:
    """Return how many contacts a person owns."""
    return Contact.objects.filter(owner_id=person_id).count()
