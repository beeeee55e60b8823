"""
Make whoever has just created a contact its owner (LG-7); in the transaction that created it.

It gives nothing to anybody else: `assign_by_hand` does.
"""

from datetime import datetime

from reparto.contacts.queries import lock_contact
from reparto.contacts.relation import relation_to
from reparto.people.actor import Actor
from reparto.people.permissions import NotAllowed, check

from .change_owner import OwnerChange, change_owner
from .lock_desk import lock_desk
from .models import Decision


def keep_contact(contact_id: int, *, actor: Actor, at: datetime) -> Decision:
    """
    Make the actor the owner of what they created at this instant.

    Raises:
        NotAllowed: It is of a campaign that the agent is not in; or it was there before, and keeping would be taking.

    """
    lock_desk(actor.organization_id)
    contact = lock_contact(contact_id)
    check(actor, "contact.keep", relation_to(contact, actor))
    if contact.owner_id is not None or contact.created_at != at:
        raise NotAllowed("contact.take")
    change = OwnerChange(contact, actor.person_id, route="manual", actor_id=actor.person_id, counts=False)
    return change_owner(actor.organization_id, change, at=at)
