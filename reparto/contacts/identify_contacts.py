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

    A second process that makes the same contact at the same instant is not an error: the unique key of
    addresses picks one of the two, and both end with it.
    """
    known = _find({key for writer in writers for key in _keys(writer)})
    fresh = _draft_missing(organization_id, writers, known, at=at)
    if fresh:
        known = _store(organization_id, fresh, writers)
    _link_further_addresses(organization_id, writers, known)
    made = {contact.pk for contact in fresh.values()}
    return [_identified(writer, known, made) for writer in writers]


def _identified(writer: Writer, known: Mapping[Key, int], made: set[int]) -> Identified:
    contact_id = next(known[key] for key in _keys(writer) if key in known)
    return Identified(contact_id, is_new=contact_id in made)


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


def _draft_missing(
    organization_id: int, writers: Sequence[Writer], known: Mapping[Key, int], *, at: datetime
) -> dict[Key, Contact]:
    """Return an unsaved contact for each first address of somebody unknown; one for all their addresses."""
    drafts: dict[Key, Contact] = {}
    # What a form asked is read by the company's own definitions; messages have no fields and need none.
    own = list(all_custom_fields()) if any(writer.fields for writer in writers) else []
    seen: dict[Key, Contact] = {}
    for writer in writers:
        keys = _keys(writer)
        if any(key in known for key in keys):
            continue
        contact = next((seen[key] for key in keys if key in seen), None)
        if contact is None:
            contact = drafts[keys[0]] = _draft(organization_id, writer, own, at=at)
        seen.update(dict.fromkeys(keys, contact))
    return drafts


def _draft(organization_id: int, writer: Writer, own: Sequence[CustomField], *, at: datetime) -> Contact:
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


def _link_further_addresses(organization_id: int, writers: Sequence[Writer], known: dict[Key, int]) -> None:
    """Give a contact the further addresses it was seen with (a BSUID beside a phone), unless somebody has them."""
    further: dict[Key, Address] = {}
    for writer in writers:
        contact_id = next(known[key] for key in _keys(writer) if key in known)
        for matched in writer.addresses:
            key = (matched.kind, matched.key)
            if key not in known and key not in further:
                further[key] = _address(organization_id, contact_id, matched)
    if further:
        Address.objects.bulk_create(further.values(), ignore_conflicts=True)
        # Search and filters look at a folded copy of the addresses.
        refold_contacts({row.contact_id for row in further.values()})
