"""
Read what the fields of a template stand for: one contact, whoever received it, and the rule.

It asks no permission: whoever calls knows that the person may read the contact.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from reparto.contacts.contact_fields import INSTANT, STORED
from reparto.contacts.models import Address, Contact
from reparto.contacts.name_country import name_country
from reparto.contacts.own_dates import say_own_date
from reparto.contacts.queries import addresses_of
from reparto.engine import CUSTOM
from reparto.kit.organizations import this_organization


def read_merge_values(contact: Contact, *, person_name: str, rule_name: str) -> dict[str, str]:
    """Return the values by the names of `fill_template.MERGE_FIELDS`, in the language that is active."""
    addresses = addresses_of([contact.pk]).get(contact.pk, [])
    return {
        **_stored(contact.fields),
        "contact.name": contact.name,
        "contact.first_name": _first(contact.name),
        "contact.phone": _address(addresses, "phone"),
        "contact.email": _address(addresses, "email"),
        "contact.source": contact.source,
        "contact.link": f"{settings.BASE_URL}/contactos/{contact.pk}",
        "agent.name": person_name,
        "agent.first_name": _first(person_name),
        "organization.name": this_organization().name,
        "rule.name": rule_name,
    }


def _stored(fields: Mapping[str, Any]) -> dict[str, str]:
    known = (name for name in fields if name in STORED or name.startswith(CUSTOM))
    said = {f"contact.{name}": _said(fields[name]) for name in known}
    return said | ({"contact.country": name_country(said["contact.country"])} if "contact.country" in said else {})


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, dict):
        return say_own_date(value[INSTANT])
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _address(addresses: list[Address], kind: str) -> str:
    return next((one.value for one in addresses if one.kind == kind), "")


def _first(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.split() else ""
