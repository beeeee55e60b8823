"""
Cancel a sale that came to nothing or was refunded: it counts as none from then on, and stays to be read (EC-64).

The contact stays a client; whoever thinks otherwise edits it.
"""

from datetime import datetime

from reparto.kit.audit import record_audit
from reparto.kit.live import publish
from reparto.kit.read_choice import is_id
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .models import Sale
from .queries import find_contact, lock_contact
from .relation import relation_to


class UnknownSale(LookupError):
    """No such sale of this contact."""


def cancel_sale(contact_id: int, sale_id: int, *, actor: Actor, at: datetime) -> Sale:
    """
    Cancel a sale; one that is cancelled already stays as it was.

    Raises:
        UnknownContact: None that the actor may see.
        NotAllowed: The actor sees it but records no sales of it.
        UnknownSale: The contact has no such sale.

    """
    find_contact(contact_id, actor=actor)
    contact = lock_contact(contact_id)
    check(actor, "contact.sale", relation_to(contact, actor))
    row = Sale.objects.select_related("seller").filter(contact=contact, pk=sale_id).first() if is_id(sale_id) else None
    if row is None:
        raise UnknownSale(f"Sale {sale_id} does not exist.")
    if row.cancelled_at is not None:
        return row
    row.cancelled_at, row.cancelled_by_id = at, actor.person_id
    row.save(update_fields=["cancelled_at", "cancelled_by"])
    record_audit(
        actor.person_id,
        "sale.cancel",
        object_kind="sale",
        object_id=row.pk,
        before={"cancelled_at": None},
        after={"cancelled_at": at.isoformat()},
        at=at,
    )
    publish(actor.organization_id, "contacts", [contact_id])
    return row
