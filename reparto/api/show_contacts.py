"""
Contacts as the contract describes them, in a fixed number of queries however many there are.

It asks nobody's permission: whoever calls it hands over contacts that the actor may see.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext, gettext_noop

from reparto.assignment.models import Waiting
from reparto.assignment.queries import waiting_of
from reparto.contacts.contact_fields import show_fields
from reparto.contacts.models import Address, Contact
from reparto.contacts.queries import addresses_of, default_assignees_of, tags_of
from reparto.conversations.find_missed_calls import find_missed_calls
from reparto.engine import REASON_SENTENCES

from .shapes import Answer, ContactKind, PersonIds, Values


class AddressAnswer(Answer):
    """An address as it was written, with the key by which it is found."""

    kind: Literal["phone", "email", "bsuid"]
    value: str
    key: str


class WaitingAnswer(Answer):
    """Since when a contact waits for somebody, why, and when it is tried again."""

    since: datetime
    reason: str
    reason_text: str
    next_try_at: datetime | None


class MissedCallAnswer(Answer):
    """The last call that nobody answered, until somebody calls back; `first`: the contact came by it."""

    number: str
    at: datetime
    first: bool


class ContactAnswer(Answer):
    """A contact."""

    id: int
    version: int
    name: str
    kind: ContactKind
    addresses: list[AddressAnswer]
    owner_id: int | None
    campaign_id: int | None
    account_id: int | None
    tags: list[str]
    fields: Values
    source: str
    default_assignees: PersonIds
    waiting: WaitingAnswer | None
    missed_call: MissedCallAnswer | None
    created_at: datetime
    updated_at: datetime
    last_follow_up_at: datetime | None


#: Reasons that no engine gives: a person decided.
BY_HAND = {
    "by_hand": gettext_noop("Was chosen by hand."),
    "undone": gettext_noop("A decision by hand was taken back."),
    "first_responder": gettext_noop("Was the first to answer."),
    "merged": gettext_noop("Two contacts were found to be one."),
}
PLAIN = (
    "version",
    "name",
    "kind",
    "owner_id",
    "campaign_id",
    "account_id",
    "source",
    "created_at",
    "updated_at",
    "last_follow_up_at",
)


def show_contact(contact: Contact) -> dict[str, Any]:
    """Return one contact as the contract names its fields."""
    return show_contacts([contact])[0]


def show_contacts(contacts: Sequence[Contact]) -> list[dict[str, Any]]:
    """Return contacts as the contract names their fields (five queries)."""
    ids = [contact.pk for contact in contacts]
    addresses, tags, defaults, waiting = addresses_of(ids), tags_of(ids), default_assignees_of(ids), waiting_of(ids)
    missed = find_missed_calls(ids)
    return [
        {name: getattr(contact, name) for name in PLAIN}
        | {
            "id": contact.pk,
            "fields": show_fields(contact),
            "addresses": [_address(address) for address in addresses.get(contact.pk, ())],
            "tags": tags.get(contact.pk, []),
            "default_assignees": {"person_ids": defaults.get(contact.pk, [])},
            "waiting": _waiting(waiting.get(contact.pk)),
            "missed_call": missed.get(contact.pk),
        }
        for contact in contacts
    ]


def say_reason(code: str) -> str:
    """Return what a reason's code says, in the language of the request; what no longer has a sentence, as it is."""
    sentence = REASON_SENTENCES.get(code) or BY_HAND.get(code)
    return gettext(sentence) if sentence else code


def _address(address: Address) -> dict[str, str]:
    return {"kind": address.kind, "value": address.value, "key": address.key}


def _waiting(row: Waiting | None) -> dict[str, Any] | None:
    if row is None:
        return None
    reason = row.reason or "not_tried_yet"
    text = say_reason(row.reason) if row.reason else gettext("Is about to be decided.")
    return {"since": row.since, "reason": reason, "reason_text": text, "next_try_at": row.due_at}
