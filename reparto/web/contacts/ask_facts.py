"""
What is known of a contact, for its page and for the sidebar of a conversation: how to reach it, tags, fields.

It asks no permission: whoever calls it may show the contact.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from reparto.contacts.address_error import NotAnAddress
from reparto.contacts.match_key import match_key
from reparto.contacts.models import Address, Contact, CustomField
from reparto.contacts.queries import address_rows, all_custom_fields, tag_rows
from reparto.kit.models import Organization
from reparto.kit.organizations import all_of_it

from .show_facts import show_facts


@dataclass(frozen=True, slots=True)
class FactsAsked:
    """The questions, before anything is read (`read_together`)."""

    addresses: QuerySet[Address]
    tags: QuerySet[Any, str]
    own_fields: QuerySet[CustomField]
    organization: QuerySet[Organization]

    @property
    def all(self) -> tuple[QuerySet[Any, Any], ...]:
        """All of it."""
        return self.addresses, self.tags, self.own_fields, self.organization

    @property
    def country(self) -> str:
        """Where a number without a country code is dialled."""
        return self.organization[0].country


def ask_facts(contact_id: int) -> FactsAsked:
    """Return what a contact's facts ask."""
    return FactsAsked(
        addresses=address_rows([contact_id]),
        tags=tag_rows([contact_id]).values_list("tag__name", flat=True),
        own_fields=all_custom_fields(),
        organization=all_of_it(),
    )


def draw_facts(contact: Contact, asked: FactsAsked) -> dict[str, Any]:
    """Return what `contacts/reach.html` and the lists of fields need."""
    return {
        "addresses": [_address(one, asked.country) for one in asked.addresses],
        "tags": list(asked.tags),
        "fields": show_facts(contact, asked.own_fields),
    }


def _address(address: Address, country: str) -> dict[str, Any]:
    kinds = {"phone": gettext("Phone"), "email": gettext("E-mail"), "bsuid": gettext("WhatsApp user")}
    icons = {"phone": "phone", "email": "mail"}
    return {
        "id": address.pk,
        "kind": address.kind,
        "label": kinds.get(address.kind, address.kind),
        "icon": icons.get(address.kind, "message-circle"),
        "value": address.value,
        "rewritten": rewritten_as(address.kind, address.value, country),
    }


def rewritten_as(kind: str, value: str, country: str) -> str:
    """Return the number as its country writes it today, where a rule of its plan changed it; else nothing (EC-73)."""
    try:
        read = match_key(kind, value, country=country)
    except NotAnAddress:
        return ""
    return read.shown if read.rewritten else ""
