"""
The columns of the contact list: which there are, and which are seen, by address, by own choice, by preset.

It reads no contact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reparto.contacts.contact_fields import STORED
from reparto.contacts.describe_condition import describe_field
from reparto.engine import CUSTOM
from reparto.people.models import Person

from .list_query import ListQuery

PRESET = ("name", "phone", "tags", "source", "owner", "status", "created")
#: Drawn in their own way; any other is a text.
DRAWN = {
    "name": "col-name",
    "phone": "col-phone",
    "email": "col-text",
    "tags": "col-text",
    "source": "col-source",
    "owner": "col-owner",
    "status": "col-state",
    "created": "col-time",
}
OTHERS = ("kind", "campaign", "account", "last_follow_up", "conversations")
PREFERENCE = "contact_columns"


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    name: str
    label: str
    width: str  #: class of its `col`

    @property
    def drawn(self) -> str:
        """How its cell is drawn: its own name, or `text`."""
        return self.name if self.name in DRAWN else "text"


def all_columns(own_fields: Sequence[Mapping[str, Any]]) -> list[Column]:
    """Return every column: the drawn ones, other facts, fields of a contact, the company's own (`key`, `label`)."""
    stored = [name for name in STORED if name not in DRAWN]
    names = [*DRAWN, *OTHERS, *stored]
    own = [(CUSTOM + field["key"], field["label"]) for field in own_fields]
    known = [(name, describe_field(name)) for name in names] + own
    return [Column(name, label, DRAWN.get(name, "col-text")) for name, label in known]


def columns_of(query: ListQuery, person: Person, own_fields: Sequence[Mapping[str, Any]]) -> list[Column]:
    """Return what is shown: the address rules, then the person's own choice, then the preset. The name is first."""
    there = {column.name: column for column in all_columns(own_fields)}
    asked = query.columns.split(",") if query.columns else person.preferences.get(PREFERENCE, PRESET)
    names = dict.fromkeys(["name", *(name for name in asked if name in there)])
    return [there[name] for name in names]
