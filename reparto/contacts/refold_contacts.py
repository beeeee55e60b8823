"""
Fold contacts anew whose addresses changed apart from them (a BSUID linked to a known phone).

It changes nothing that a person wrote.
"""

from collections.abc import Collection

from .fold_contact import fold_contact
from .queries import addresses_of, contacts_by_id, store_folded


def refold_contacts(contact_ids: Collection[int]) -> None:
    """Bring `folded` and `search` of these contacts up to date, in three statements however many they are."""
    if not contact_ids:
        return
    contacts, addresses = contacts_by_id(contact_ids), addresses_of(contact_ids)
    for contact_id, contact in contacts.items():
        fold_contact(contact, addresses.get(contact_id, []))
    store_folded(contacts.values())
