"""
Contacts that already have an address of the form, with their owners: never two contacts for one address.

Those that are not the actor's to see have no name here; that they exist is said by the fault itself.
"""

from typing import Any

from django.urls import reverse

from reparto.contacts.address_error import NotAnAddress
from reparto.contacts.match_key import match_key
from reparto.contacts.queries import taken_addresses, visible_contacts
from reparto.kit.organizations import this_organization
from reparto.people.actor import Actor

from .contact_form import ContactForm


def show_taken(form: ContactForm, actor: Actor, *, besides: int = 0) -> list[dict[str, Any]]:
    """Return the other contacts that have an address of this form and that the actor may see."""
    taken = taken_addresses(_keys(form))
    found = visible_contacts(actor).filter(pk__in={one for one in taken.values() if one != besides})
    return [{"contact": one, "owner": one.owner, "url": reverse("contact", args=[one.pk])} for one in found]


def _keys(form: ContactForm) -> set[tuple[str, str]]:
    country = this_organization().country
    keys = set()
    for address in form.filled_addresses:
        try:
            keys.add((address.kind, match_key(address.kind, address.value, country=country).key))
        except NotAnAddress:
            continue
    return keys
