"""
From whom: addresses → contacts, found or made, never two for one address, many at once.

It must not thread or decide; it only says who wrote.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from .fold_contact import fold_contact
from .match_key import Address as Matched
from .models import Address, Contact, CustomField
from .queries import all_custom_fields
from .read_fields import take_fields
from .refold_contacts import refold_contacts

type Key = tuple[str, str]  #: kind and normalised key of an address


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote, as the channel gave it: at least one address, the most reachable first."""

    addresses: tuple[Matched, ...]
    name: str
    account_id: int
    source: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Identified:
    """The contact behind a writer."""

    contact_id: int
    is_new: bool


def identify_contacts(organization_id: int, writers: Sequence[Writer], *, at: datetime) -> list[Identified]:
    """
    Return the contact of each writer, in their order, making those that are missing.

    Each further address that a writer was seen with (a BSUID beside a phone, a new number beside the former) is
    linked, unless another contact has it; whoever writes from it later in the same list is the same contact.

    A second process that makes the same contact at the same instant is not an error: the unique key of
    addresses picks one of the two, and both end with it.
    """
    known = _find({key for writer in writers for key in _keys(writer)})
    anchors, newcomers = _settle(writers, known)
    made: set[int] = set()
    if newcomers:
        fresh = _draft(organization_id, newcomers, at=at)
        known = _store(organization_id, fresh, writers)
        made = {contact.pk for contact in fresh.values()}
    _link_further_addresses(organization_id, writers, anchors, known)
    contacts = [known[anchors[_keys(writer)[0]]] for writer in writers]
    return [Identified(contact_id, is_new=contact_id in made) for contact_id in contacts]


def _settle(writers: Sequence[Writer], known: Iterable[Key]) -> tuple[dict[Key, Key], dict[Key, Writer]]:
    """Return which key stands for the contact behind each key, and who is unknown by which key; in order."""
    anchors = {key: key for key in known}
    newcomers: dict[Key, Writer] = {}
    for writer in writers:
        keys = _keys(writer)
        anchor = next((anchors[key] for key in keys if key in anchors), None)
        if anchor is None:
            anchor = keys[0]
            newcomers[anchor] = writer
        for key in keys:
            anchors.setdefault(key, anchor)
    return anchors, newcomers


def _keys(writer: Writer) -> list[Key]:
    return [(address.kind, address.key) for address in writer.addresses]


def _find(keys: Iterable[Key]) -> dict[Key, int]:
    by_kind: dict[str, list[str]] = {}
    for kind, key in keys:
        by_kind.setdefault(kind, []).append(key)
    wanted = Q(pk__in=[])
    for kind, same_kind in by_kind.items():
        wanted |= Q(kind=kind, key__in=same_kind)
    return {
        (kind, key): contact
        for kind, key, contact in Address.objects.filter(wanted).values_list("kind", "key", "contact_id")
    }


def _draft(organization_id: int, newcomers: Mapping[Key, Writer], *, at: datetime) -> dict[Key, Contact]:
    """Return an unsaved contact for each newcomer."""
    # What a form asked is read by the company's own definitions; messages have no fields and need none.
    own = list(all_custom_fields()) if any(writer.fields for writer in newcomers.values()) else []
    return {key: _contact(organization_id, writer, own, at=at) for key, writer in newcomers.items()}


def _contact(organization_id: int, writer: Writer, own: Sequence[CustomField], *, at: datetime) -> Contact:
    contact = Contact(
        organization_id=organization_id,
        name=writer.name or writer.addresses[0].shown,
        account_id=writer.account_id,
        arrived_by_itself=True,
        source=writer.source,
        fields=take_fields(writer.fields, custom=own),
        created_at=at,
        updated_at=at,
    )
    fold_contact(contact, writer.addresses)
    return contact


def _store(organization_id: int, fresh: Mapping[Key, Contact], writers: Sequence[Writer]) -> dict[Key, int]:
    """Save drafts and their addresses; a draft whose address somebody else just took is taken back."""
    Contact.objects.bulk_create(fresh.values())
    Address.objects.bulk_create(
        [_address(organization_id, contact.pk, _matched(writers, key)) for key, contact in fresh.items()],
        ignore_conflicts=True,
    )
    known = _find({key for writer in writers for key in _keys(writer)})
    lost = [contact.pk for key, contact in fresh.items() if known[key] != contact.pk]
    if lost:
        Contact.objects.filter(pk__in=lost).delete()
    return known


def _matched(writers: Sequence[Writer], key: Key) -> Matched:
    return next(address for writer in writers for address in writer.addresses if (address.kind, address.key) == key)


def _address(organization_id: int, contact_id: int, matched: Matched) -> Address:
    return Address(
        organization_id=organization_id,
        contact_id=contact_id,
        kind=matched.kind,
        value=matched.value,
        key=matched.key,
    )


def _link_further_addresses(
    organization_id: int, writers: Sequence[Writer], anchors: Mapping[Key, Key], known: Mapping[Key, int]
) -> None:
    """Give contacts the further addresses that they were seen with, unless somebody has them."""
    further: dict[Key, Address] = {}
    for matched in (address for writer in writers for address in writer.addresses):
        key = (matched.kind, matched.key)
        if key not in known and key not in further:
            further[key] = _address(organization_id, known[anchors[key]], matched)
    if further:
        Address.objects.bulk_create(further.values(), ignore_conflicts=True)
        # Search and filters look at a folded copy of the addresses.
        refold_contacts({row.contact_id for row in further.values()})
