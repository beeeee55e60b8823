"""
Contacts as rows of the list: what stands in each cell, in one query for the whole page.

It decides nothing; the owner's cell says what the viewer may do.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from reparto.contacts.contact_fields import show_fields
from reparto.contacts.models import Contact
from reparto.contacts.name_country import name_country
from reparto.engine import fold
from reparto.people.actor import Actor

from ..look.format_phone import format_phone
from .ask_list import ask_details
from .columns import Column
from .owner_cell import owner_cell
from .show_status import show_status

#: Words in a source that say Meta, whatever account it came by.
META = frozenset({"meta", "facebook", "instagram"})
#: Tags that a row has room for.
TAGS_SHOWN = 2


def show_rows(contacts: Sequence[Contact], actor: Actor, columns: Sequence[Column]) -> list[dict[str, Any]]:
    """Return the rows in the order of the contacts, each with its cells in the order of the columns."""
    if not contacts:
        return []
    details, rows = ask_details(contacts), []
    for contact in contacts:
        fields, own = show_fields(contact), details.tags.get(contact.pk, [])
        addresses = details.addresses.get(contact.pk, [])
        row = {
            "contact": contact,
            "url": reverse("contact", args=[contact.pk]),
            "company": fields.get("company", ""),
            "address": main_address(addresses),
            "tags": own[:TAGS_SHOWN],
            "more_tags": len(own[TAGS_SHOWN:]),
            "status": show_status(fields.get("status") or fields.get("stage") or ""),
            "waiting_since": details.waiting.get(contact.pk) if contact.owner_id is None else None,
            "missed_call": contact.pk in details.missed,
            "why": reverse("contact_why", args=[contact.pk]),
            "cell": owner_cell(contact, actor),
        }
        texts = [column.name for column in columns if column.drawn == "text"]
        said = {name: field_text(contact, fields, name) for name in texts}
        row["cells"] = [{"drawn": column.drawn, "text": said.get(column.name, "")} for column in columns]
        row["email"] = next((one["value"] for one in addresses if one["kind"] == "email"), "")
        row |= source_of(contact)
        rows.append(row | {"brief": _brief(row)})
    return rows


def _brief(row: Mapping[str, Any]) -> str:
    """Return what a phone says under the name: how to reach them, where they came from, how they stand."""
    address, status = row["address"], row["status"]
    reached = format_phone(address["value"]) if address and address["kind"] == "phone" else (address or {}).get("value")
    return " · ".join(word for word in (reached, row["source"], status["label"] if status else "") if word)


def field_text(contact: Contact, fields: Mapping[str, Any], name: str) -> Any:
    """Return what a plain cell says: a fact of the contact, else one of its fields."""
    if name == "kind":
        client = contact.kind == "client"
        return pgettext("kind of contact", "Client") if client else pgettext("kind of contact", "Prospect")
    facts = {
        "campaign": contact.campaign.name if contact.campaign else "",
        "account": contact.account.name if contact.account else "",
        "last_follow_up": contact.last_follow_up_at,
        "conversations": contact.conversation_count,
    }
    value = facts[name] if name in facts else fields.get(name, "")
    if name == "country":
        return name_country(str(value))
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def main_address(addresses: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the address that a row shows: the one that people put first; else a phone, an e-mail, a WhatsApp user."""
    order = {"phone": 0, "email": 1}
    return min(addresses, key=lambda one: (one["position"], order.get(one["kind"], 2)), default=None)


def source_of(contact: Contact) -> dict[str, str]:
    """Return where a contact came from, with the channel that stands for it."""
    kind = contact.account.kind if contact.account else "hand"
    words = fold(contact.source).split()
    channel = "meta" if any(word in META for word in words) else kind
    return {"channel": channel, "source": contact.source or channel_name(kind)}


def channel_name(kind: str) -> str:
    """Return what a channel is called."""
    names = {
        "whatsapp": "WhatsApp",
        "email": gettext("E-mail"),
        "webform": gettext("Web form"),
        "phone": gettext("Phone"),
    }
    return names.get(kind, gettext("By hand"))
