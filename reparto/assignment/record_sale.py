"""
Record a sale. Its seller is whoever owned the contact at that instant, as the ledger says, else whoever records it.

It takes the desk: a prospect becomes a client by it, which rules look at.
"""

from datetime import datetime

from reparto.contacts.add_sale import SaleDraft, add_sale, read_sale
from reparto.contacts.find_merge import ids_of_one
from reparto.contacts.models import Sale
from reparto.contacts.queries import find_contact, lock_contact
from reparto.contacts.relation import relation_to
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .lock_desk import lock_desk
from .models import Ownership


def record_sale(contact_id: int, draft: SaleDraft, *, actor: Actor, at: datetime) -> Sale:
    """
    Record a sale to a contact.

    Raises:
        UnknownContact: None that the actor may see.
        NotAllowed: The actor sees it but records no sales of it.
        Invalid: Something is wrong with the sale; has all faults.

    """
    find_contact(contact_id, actor=actor)
    lock_desk(actor.organization_id)
    contact = lock_contact(contact_id)
    check(actor, "contact.sale", relation_to(contact, actor))
    sale = read_sale(draft, at=at)
    seller_id = _owner_at(contact_id, sale.at or at) or actor.person_id
    return add_sale(contact, sale, seller_id=seller_id, actor=actor, at=at)


def _owner_at(contact_id: int, at: datetime) -> int | None:
    """Whose the contact, or what became it, was at an instant."""
    spans = Ownership.objects.filter(contact_id__in=ids_of_one(contact_id), since__lte=at)
    return spans.exclude(until__lte=at).order_by("-since", "-id").values_list("person_id", flat=True).first()
