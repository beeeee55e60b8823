"""
Which fields of a contact are kept together in `Contact.fields`, and how they are read back for people.

The others (owner, tags, addresses, …) are columns or tables of their own.
"""

from typing import Any

from reparto.engine import CUSTOM, FIELDS

from .code_country import code_country
from .models import Contact

ELSEWHERE = frozenset(
    {
        "owner",
        "name",
        "tags",
        "email",
        "phone",
        "groups",
        "kind",
        "campaign",
        "account",
        "created",
        "last_follow_up",
        "conversations",
        "source",
    }
)
#: The standard fields that are kept in `Contact.fields`, in the order of the language's catalogue.
STORED = tuple(name for name in FIELDS if name not in ELSEWHERE)
#: How a company's own date is kept, so that it is told from a text without asking for its definition.
INSTANT = "at"


def field_name(key: str) -> str:
    """Return the name in the filter language of what a form or a program calls `key`."""
    return key if key in STORED or key.startswith(CUSTOM) else CUSTOM + key


def coded_fields(contact: Contact) -> dict[str, Any]:
    """Return a contact's fields as they would be stored today: a country that was once kept by name has its code."""
    kept = dict(contact.fields)
    if isinstance(kept.get("country"), str):
        kept["country"] = code_country(kept["country"])
    return kept


def show_fields(contact: Contact) -> dict[str, Any]:
    """Return a contact's fields for people and programs: with `source`, dates as text, the country by its code."""
    kept = coded_fields(contact)
    shown = {name: value[INSTANT] if isinstance(value, dict) else value for name, value in kept.items()}
    return shown | ({"source": contact.source} if contact.source else {})
