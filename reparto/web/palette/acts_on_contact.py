"""
What the palette offers to do with a contact, by the permissions of whoever looks.

A `command` presses what the page carries; an address leads there, or is posted to.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from reparto.contacts.models import Contact
from reparto.contacts.relation import relation_to
from reparto.people.permissions import may

from ..page import Page


def acts_on_contact(contact: Contact, page: Page) -> list[dict[str, Any]]:
    """Return what may be done to the contact in sight: whose it is first, then the rest of its page."""
    relation = relation_to(contact, page.actor)
    return [
        *_owning(contact, page),
        *(act for action, act in _others(contact) if may(page.actor, action, relation)),
    ]


def _owning(contact: Contact, page: Page) -> list[dict[str, Any]]:
    relation, name = relation_to(contact, page.actor), contact.name
    acts = []
    if may(page.actor, "contact.assign", relation):
        acts.append({"label": gettext("Assign to…"), "detail": name, "icon": "user-check", "command": "assign"})
        if contact.owner_id is not None:
            acts.append({"label": gettext("Leave with nobody"), "icon": "user-minus", "command": "release"})
    if contact.owner_id != page.actor.person_id and may(page.actor, "contact.take", relation):
        acts.append({"label": gettext("Assign to me"), "detail": name, "icon": "user-plus", "command": "take"})
    return acts


def _others(contact: Contact) -> list[tuple[str, dict[str, Any]]]:
    profile = reverse("contact", args=[contact.pk])
    edit, merge = (reverse(name, args=[contact.pk]) for name in ("contact_edit", "contact_merge"))
    said = [
        ("contact.edit", gettext("Edit"), "pencil", edit),
        ("contact.edit", gettext("Tags"), "tag", f"{profile}#etiquetas"),
        ("contact.follow_up", gettext("Follow-up"), "phone", f"{profile}#seguimiento"),
        ("contact.sale", gettext("Record a sale"), "plus", f"{profile}#ventas"),
        ("contact.merge", gettext("Merge"), "users", merge),
    ]
    return [
        (action, {"label": label, "detail": contact.name, "icon": icon, "url": url})
        for action, label, icon, url in said
    ]
