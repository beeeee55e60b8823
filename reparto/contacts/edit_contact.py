"""
Change a contact by hand: name, kind, addresses, campaign, tags, fields, source.

Never its owner: that is the desk's.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from reparto.engine import fold
from reparto.kit.audit import record_edit
from reparto.kit.check_version import check_version
from reparto.kit.faults import Faults
from reparto.kit.live import publish
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .contact_fields import coded_fields
from .fold_contact import fold_contact
from .match_key import Address as Written
from .models import Contact
from .queries import addresses_of, find_contact, lock_contact, remove_addresses, remove_tags, tags_of
from .read_contact import lift_source, read_contact
from .relation import relation_to
from .store_addresses import store_addresses
from .tag_contacts import tag_contacts

PLAIN = ("name", "kind", "campaign_id", "source")
#: Never the owner: somebody may be giving it one at this instant.
CHANGED = ("name", "kind", "campaign", "source", "fields", "folded", "search", "version", "updated_at")


def edit_contact(
    contact_id: int, changes: Mapping[str, Any], *, actor: Actor, at: datetime, if_version: int | None = None
) -> Contact:
    """
    Change what is given: lists replace what was there, of `fields` only those named change (null takes one away).

    Raises:
        UnknownContact: None that the actor may see.
        NotAllowed: The actor sees it but may not edit it.
        StaleVersion: Somebody changed it since the actor looked.
        Invalid: Something is wrong with the changes; `address_taken` where another contact has the address.

    """
    find_contact(contact_id, actor=actor)
    contact = lock_contact(contact_id)
    # Under the lock: whose it is may have changed since the page was drawn.
    check(actor, "contact.edit", relation_to(contact, actor))
    check_version(contact.version, if_version)
    faults = Faults()
    values = read_contact(lift_source(changes), faults=faults, contact_id=contact_id)
    faults.check()
    before = _state(contact)
    _store(contact, values, at)
    _record(contact, before, actor, at)
    publish(actor.organization_id, "contacts", [contact.pk])
    return contact


def _state(contact: Contact) -> dict[str, Any]:
    """Return what somebody may change, by the names of the filter language."""
    plain = {name: getattr(contact, name) for name in ("name", "kind", "source")}
    addresses = [address.value for address in addresses_of([contact.pk]).get(contact.pk, [])]
    tags = tags_of([contact.pk]).get(contact.pk, [])
    return {**coded_fields(contact), **plain, "campaign": contact.campaign_id, "addresses": addresses, "tags": tags}


def _record(contact: Contact, before: Mapping[str, Any], actor: Actor, at: datetime) -> None:
    """Keep who changed what, from what to what; nothing when nothing changed."""
    after = _state(contact)
    names = before.keys() | after.keys()
    states = tuple({name: state.get(name) for name in names} for state in (before, after))
    if states[0] != states[1]:
        record_edit(
            actor.person_id,
            "contact.edit",
            object_kind="contact",
            object_id=contact.pk,
            states=(states[0], states[1]),
            at=at,
        )


def _store(contact: Contact, values: Mapping[str, Any], at: datetime) -> None:
    for name in PLAIN:
        if name in values:
            setattr(contact, name, values[name])
    merged = contact.fields | values.get("fields", {})
    contact.fields = {name: value for name, value in merged.items() if value is not None}
    if "addresses" in values:
        _replace_addresses(contact, values["addresses"])
    if "tags" in values:
        remove_tags(contact.pk, but=[fold(name) for name in values["tags"]])
        tag_contacts({contact.pk: values["tags"]}, organization_id=contact.organization_id)
    fold_contact(contact, addresses_of([contact.pk]).get(contact.pk, []))
    contact.version += 1
    contact.updated_at = at
    contact.save(update_fields=CHANGED)


def _replace_addresses(contact: Contact, wanted: list[Written]) -> None:
    had = {(one.kind, one.key): one for one in addresses_of([contact.pk]).get(contact.pk, [])}
    places = {(one.kind, one.key): place for place, one in enumerate(wanted)}
    kept = {(one.kind, one.key) for one in wanted}
    remove_addresses([row.pk for key, row in had.items() if key not in kept])
    store_addresses(contact, [one for one in wanted if (one.kind, one.key) not in had], places=places)
    for one in wanted:
        row = had.get((one.kind, one.key))
        place = places[one.kind, one.key]
        # The same address in another spelling: keep what was written last.
        if row is not None and (row.value, row.position) != (one.value, place):
            row.value, row.position = one.value, place
            row.save(update_fields=["value", "position"])
