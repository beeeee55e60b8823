"""
Whoever answered a contact's call owns it, if nobody did (LG-11).

It must run under the desk's lock; it asks no permission, for nobody asked for anything.
"""

from datetime import datetime

from reparto.contacts.mark_followed_up import mark_followed_up
from reparto.contacts.queries import lock_contact
from reparto.kit.live import publish_all

from .change_owner import OwnerChange, change_owner
from .models import Decision, Waiting


def own_answered_call(
    organization_id: int, contact_id: int, *, person_id: int | None, conversation_id: int, at: datetime
) -> Decision | None:
    """
    Take the answered conversation out of the line, and give a contact that has nobody to who answered.

    None when it has somebody, or nobody knows who answered.
    """
    Waiting.objects.filter(conversation_id=conversation_id).delete()
    contact = lock_contact(contact_id)
    # Somebody of ours talked to them (UP-5), whoever it was.
    mark_followed_up(contact, at=at)
    if contact.owner_id is not None or person_id is None:
        return None
    change = OwnerChange(contact=contact, owner_id=person_id, route="call", actor_id=person_id)
    decision = change_owner(organization_id, change, at=at)
    publish_all(organization_id, {"contacts": (contact_id,), "waiting": (), "conversations": ()})
    return decision
