"""
Put one tag on a contact or take it off, for work on many; asked of each contact by itself.

It makes no tag when it only takes off.
"""

from datetime import datetime

from reparto.engine import fold
from reparto.kit.audit import record_audit
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .models import Contact, ContactTag
from .queries import lock_contact
from .relation import relation_to
from .tag_contacts import tag_contacts


def tag_contact(contact_id: int, name: str, *, on: bool, actor: Actor, at: datetime) -> bool:
    """
    Put the tag on, or take it off; False when it stood so already.

    Raises:
        UnknownContact: None that the actor may see.
        NotAllowed: The actor may not edit it.

    """
    contact = lock_contact(contact_id)
    relation = relation_to(contact, actor)
    check(actor, "contact.edit", relation)
    marks = ContactTag.objects.filter(contact=contact, tag__folded=fold(name))
    if marks.exists() == on:
        return False
    if on:
        tag_contacts({contact.pk: [name]}, organization_id=contact.organization_id)
    else:
        marks.delete()
    _touch(contact, at)
    action, put, taken = ("contact.tag", name, None) if on else ("contact.untag", None, name)
    record_audit(
        actor.person_id,
        action,
        object_kind="contact",
        object_id=contact.pk,
        before={"tag": taken},
        after={"tag": put},
        at=at,
    )
    return True


def _touch(contact: Contact, at: datetime) -> None:
    contact.version += 1
    contact.updated_at = at
    contact.save(update_fields=["version", "updated_at"])
