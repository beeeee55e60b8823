"""Contacts for the tests of pages: typed in by hand, with an owner or without."""

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.contacts.add_contact import add_contact
from reparto.contacts.contact_draft import AddressDraft, ContactDraft
from reparto.contacts.models import Contact
from reparto.people.actor import Actor
from tests.cast import AT, a_phone


def a_contact(name: str, *, by: Actor, owner: Actor | None = None, phone: str = "", **more: object) -> Contact:
    """Write a contact by hand; `by` also gives it, so they have to be allowed to."""
    draft = ContactDraft(name=name, addresses=(AddressDraft("phone", phone or a_phone()),), **more)  # type: ignore[arg-type]
    contact = add_contact(draft, actor=by, at=AT)
    if owner is not None:
        assign_by_hand(contact.pk, owner_id=owner.person_id, actor=by, at=AT)
    return contact
