"""
What a channel understood of what came in: the nouns between the hook and the contact. Frozen, standard library only.

Nothing here knows a provider, a table or a setting. Whatever could not be understood is a shape too, so that it is
kept in sight and never dropped.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

AddressKind = Literal["phone", "email", "bsuid"]
Status = Literal["sent", "delivered", "read", "failed", "deleted"]
MessageKind = Literal[
    "text",
    "image",
    "audio",
    "video",
    "document",
    "sticker",
    "location",
    "contacts",
    "reaction",
    "interactive",
    "button",
    "order",
    "system",
    "unsupported",
    "edit",
    "revoke",
    "request_welcome",
]

PASSIVE_KINDS: frozenset[str] = frozenset({"reaction", "edit", "revoke", "system", "request_welcome"})
"""Kinds that add to what was said and say nothing new themselves: no reason to open or reopen a conversation."""

BSUID = re.compile(r"[A-Z]{2}\.[A-Za-z0-9._-]{1,160}")
"""
WhatsApp's user id towards one business: a country, a dot, up to 128 letters and digits (`ENT.` before them when it is a
parent portfolio's). A little more is accepted, because nobody else can be meant.
"""


@dataclass(frozen=True, slots=True)
class AddressClaim:
    """An address as the outside wrote it. A phone from WhatsApp carries its `+`, so that no country is guessed."""

    kind: AddressKind
    value: str
    vouched: bool = False  #: the provider delivered from it, so it exists whatever numbering plans say


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """One thing that somebody said. `external_id` is unique within its account only."""

    external_id: str
    sender_addresses: tuple[AddressClaim, ...]  #: all of one person, the most reachable first; never empty
    sender_name: str  #: as the sender chose it, control characters removed; may be empty
    sent_at: datetime | None  #: by the provider's clock; None: absent or impossible
    kind: MessageKind
    text: str | None  #: body, caption, button title, emoji, place …; None: nothing to read
    automatic: bool = False  #: no person wrote it
    reply_to: str | None = None  #: external id of the message answered, reacted to, edited or revoked
    fields: Mapping[str, str] = field(default_factory=dict)
    payload: Mapping[str, Any] = field(default_factory=dict)  #: the item as received, safe to store as JSON


@dataclass(frozen=True, slots=True)
class ProviderError:
    """Why the provider says that something failed. `code` is the provider's own."""

    code: int | None
    title: str


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """One event in the life of a message that we sent. The message's status follows from the set of them."""

    external_id: str  #: of the message, not of the event
    status: Status
    at: datetime | None
    error: ProviderError | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)  #: the item as received, safe to store as JSON


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that must be quarantined in sight of an administrator."""

    position: str  #: where in the delivery, e.g. `entry[0].changes[3].value.messages[0]`; empty: the whole
    reason: str  #: a code, e.g. `bad_json`, `unknown_kind`
    fragment: Any = None  #: the part itself, cut to a size and depth that can be stored as JSON


Item = InboundMessage | StatusEvent | Unreadable


@dataclass(frozen=True, slots=True)
class Parsed:
    """A delivery taken apart, in the order in which its parts came."""

    items: tuple[Item, ...] = ()
    ignored: tuple[str, ...] = ()  #: names of documented topics that we do not use, one for each time they came


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a form. `code` is stable and is translated where it is shown."""

    path: str
    code: str


@dataclass(frozen=True, slots=True)
class WebLead:
    """What somebody left on a form of the company's web site. At least one of phone and e-mail is not empty."""

    name: str
    phone: str
    email: str
    message: str
    source: str
    fields: Mapping[str, str] = field(default_factory=dict)  #: every other field of the form, as text


@dataclass(frozen=True, slots=True)
class Refusal:
    """A form that cannot be used, with all its faults at once."""

    status: int  #: the HTTP status that says so
    faults: tuple[Fault, ...]
