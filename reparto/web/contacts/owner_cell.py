"""
The owner of a contact as `components/owner_cell.html` draws it, with what the viewer may do about it.

The same for list, profile and conversation (LG-4, LG-5, LG-6); what it offers is only what `permissions` allows.
"""

from typing import Any

from django.urls import reverse

from reparto.contacts.models import Contact
from reparto.contacts.relation import relation_to
from reparto.people.actor import Actor
from reparto.people.permissions import may


def owner_cell(contact: Contact, actor: Actor, *, look: str = "") -> dict[str, Any]:
    """
    Return the parameters of the component; the contact has `owner.group` and `account.group` loaded.

    `look="field"` is for `contacts/owner_field.html`, of profile and sidebar: the link *Assign*, or a pencil.
    """
    as_field = "?as=field" if look == "field" else ""
    return {
        "look": look,
        "id": f"owner-{contact.pk}",
        "contact": contact,
        "owner": contact.owner,
        "may": may_with_owner(contact, actor),
        "url": reverse("contact_owner", args=[contact.pk]) + as_field,
        "options": reverse("contact_owner_options", args=[contact.pk]) + as_field,
        "version": contact.version,
        "me": actor.person_id,
    }


def may_with_owner(contact: Contact, actor: Actor) -> str:
    """Return `assign` (the picker), `take` (one button, only while nobody has it) or nothing."""
    relation = relation_to(contact, actor)
    if may(actor, "contact.assign", relation):
        return "assign"
    return "take" if contact.owner_id is None and may(actor, "contact.take", relation) else ""
