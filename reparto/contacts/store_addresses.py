"""
Store addresses of a contact; the unique key decides when two people write the same one at the same instant.

It reads and checks nothing else; `read_addresses` did.
"""

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction

from reparto.kit.faults import Faults, violated_constraint

from .match_key import Address as Written
from .models import Address, Contact
from .queries import insert_addresses, taken_addresses
from .read_addresses import keys_of, note_taken


def store_addresses(
    contact: Contact, addresses: Sequence[Written], *, places: Mapping[tuple[str, str], int] | None = None
) -> None:
    """
    Insert addresses of a contact, in their order; `places` says where they stand among others.

    Raises:
        Invalid: `address_taken`: since they were read another contact came to have one.

    """
    rows = [
        Address(
            organization_id=contact.organization_id,
            contact=contact,
            kind=one.kind,
            value=one.value,
            key=one.key,
            position=(places or {}).get((one.kind, one.key), place),
        )
        for place, one in enumerate(addresses)
    ]
    try:
        # A savepoint: the transaction goes on, to say what was wrong.
        with transaction.atomic():
            insert_addresses(rows)
    except IntegrityError as error:
        if violated_constraint(error) != "contacts_address_one_contact":
            raise
        faults = Faults()
        paths = keys_of(addresses)
        note_taken(paths, taken_addresses(paths), faults, contact_id=contact.pk)
        faults.check()
        raise
