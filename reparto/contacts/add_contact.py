"""
Add a contact by hand, with its addresses, tags and fields; never two for one address.

It has no owner yet: whoever calls has the desk give it one, in the same transaction.
"""

from dataclasses import fields
from datetime import datetime
from typing import Any

from reparto.kit.faults import Faults
from reparto.kit.live import publish
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .contact_draft import ContactDraft
from .fold_contact import fold_contact
from .models import Contact
from .read_contact import lift_source, read_contact
from .store_addresses import store_addresses
from .tag_contacts import tag_contacts


def add_contact(draft: ContactDraft, *, actor: Actor, at: datetime) -> Contact:
    """
    Add a contact without an owner.

    Raises:
        NotAllowed: The actor creates no contacts.
        Invalid: Something is wrong with the draft; `address_taken` where another contact has the address.

    """
    check(actor, "contact.create")
    faults = Faults()
    raw = {field.name: getattr(draft, field.name) for field in fields(draft)}
    values = read_contact(lift_source(raw), faults=faults)
    faults.check()
    contact = _store(values, actor, at)
    tag_contacts({contact.pk: values["tags"]}, organization_id=actor.organization_id)
    publish(actor.organization_id, "contacts", [contact.pk])
    return contact


def _store(values: dict[str, Any], actor: Actor, at: datetime) -> Contact:
    contact = Contact(
        organization_id=actor.organization_id,
        name=values["name"],
        kind=values["kind"],
        campaign_id=values["campaign_id"],
        source=values["source"],
        fields={name: value for name, value in values["fields"].items() if value is not None},
        created_at=at,
        updated_at=at,
    )
    fold_contact(contact, values["addresses"])
    contact.save(force_insert=True)
    store_addresses(contact, values["addresses"])
    return contact
