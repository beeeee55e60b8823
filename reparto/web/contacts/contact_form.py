"""
The form of a contact as it was typed, so that it can be shown again exactly so beside its faults.

It checks nothing: the verbs read the draft and name every fault at once.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from reparto.contacts.contact_draft import AddressDraft, ContactDraft
from reparto.contacts.contact_fields import show_fields
from reparto.contacts.models import Address, Contact
from reparto.contacts.name_country import name_country

from ..read_list import read_list, write_list

#: Rows offered for addresses at least.
ROWS = 2
#: Beyond this nobody types; it keeps a forged form small.
MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class ContactForm:
    """What stands in the form's boxes."""

    name: str = ""
    kind: str = "prospect"
    addresses: tuple[tuple[str, str], ...] = ()  #: kind, as written
    campaign: str = ""
    tags: str = ""  #: separated by commas
    source: str = ""
    owner: str = ""  #: an id; "" for nobody
    fields: Mapping[str, Any] = field(default_factory=dict)  #: as written; a list where several are chosen
    version: str = ""
    was: str = ""  #: JSON: how it stood when it was shown (`rebase_form`)

    @property
    def filled_addresses(self) -> tuple[AddressDraft, ...]:
        """The addresses that somebody wrote something into."""
        return tuple(AddressDraft(kind, value) for kind, value in self.addresses if value.strip())

    def typed_addresses(self, had: Collection[str]) -> list[AddressDraft]:
        """Return the addresses that were not there before, as they were written."""
        return [one for one in self.filled_addresses if one.value not in had]

    @property
    def tag_names(self) -> tuple[str, ...]:
        """The tags, each once."""
        return tuple(dict.fromkeys(read_list(self.tags)))

    def draft(self) -> ContactDraft:
        """Return it as a new contact."""
        return ContactDraft(
            name=self.name,
            kind=self.kind,
            addresses=self.filled_addresses,
            campaign_id=number(self.campaign),
            tags=self.tag_names,
            fields={name: value for name, value in self.fields.items() if value},
            source=self.source,
        )

    def changes(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """Return it as changes of a contact whose fields were `kept`: what was emptied goes."""
        fields = {name: _typed(value, kept.get(name)) for name, value in self.fields.items()}
        return {
            "name": self.name,
            "kind": self.kind,
            "addresses": self.filled_addresses,
            "campaign_id": number(self.campaign),
            "tags": self.tag_names,
            "fields": {name: value or None for name, value in fields.items() if value or name in kept},
            "source": self.source,
        }


def read_contact_form(given: QueryDict) -> ContactForm:
    """Return what was typed."""
    pairs = zip(given.getlist("address_kind"), given.getlist("address_value"), strict=False)
    named = {name.removeprefix("field."): str(given[name]) for name in given if name.startswith("field.")}
    return ContactForm(
        name=given.get("name", "").strip(),
        kind=given.get("kind", "prospect"),
        addresses=tuple(list(pairs)[:MOST_ROWS]),
        campaign=given.get("campaign", ""),
        tags=given.get("tags", ""),
        source=given.get("source", "").strip(),
        owner=given.get("owner", ""),
        fields={name: value.strip() for name, value in named.items()} | _chosen(given),
        version=given.get("version", ""),
        was=given.get("was", ""),
    )


def form_of(contact: Contact, addresses: list[Address], tags: list[str]) -> ContactForm:
    """Return a stored contact as its form."""
    shown = {name: _written(value) for name, value in show_fields(contact).items() if name != "source"}
    if "country" in shown:
        shown["country"] = name_country(shown["country"])
    return ContactForm(
        name=contact.name,
        kind=contact.kind,
        addresses=tuple((one.kind, one.value) for one in addresses),
        campaign=str(contact.campaign_id or ""),
        tags=write_list(tags),
        source=contact.source,
        owner=str(contact.owner_id or ""),
        fields=shown,
        version=str(contact.version),
    )


def number(text: str) -> int | None:
    """Return an id as a number; None for nothing and for what is none."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _chosen(given: QueryDict) -> dict[str, Any]:
    """Return the fields of which several may be ticked; an empty box beside them says that they were asked."""
    names = [name for name in given if name.startswith("many.")]
    return {name.removeprefix("many."): [one for one in given.getlist(name) if one] for name in names}


def _written(value: Any) -> Any:
    """Return a stored value as its box has it: a day without its midnight, a flag in small letters."""
    if isinstance(value, list):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).removesuffix("T00:00:00+00:00")


def _typed(text: Any, kept: Any) -> Any:
    """Return what was typed as the stored value that it stands for, if it was not touched."""
    return kept if kept is not None and _written(kept) == text else text
