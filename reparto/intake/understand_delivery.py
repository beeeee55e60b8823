"""
What a delivery says: from raw bytes to messages by known addresses, statuses, and what cannot be read.

Pure but for the account's settings; it stores nothing.
"""

from dataclasses import dataclass, field
from datetime import datetime

from reparto.channels.models import Account
from reparto.channels.shapes import (
    PASSIVE_KINDS,
    AddressClaim,
    AddressKind,
    InboundMessage,
    Item,
    Refusal,
    StatusEvent,
    Unreadable,
    WebLead,
)
from reparto.channels.webform.parse import parse as parse_form
from reparto.channels.whatsapp.parse import parse as parse_whatsapp
from reparto.contacts.address_error import NotAnAddress
from reparto.contacts.identify_contacts import Writer
from reparto.contacts.match_key import Address, match_key
from reparto.engine import FIELDS

from .models import Delivery
from .understand_call import HeardCall, understand_call


@dataclass(frozen=True, slots=True)
class Heard:
    """One message, and who wrote it."""

    account_id: int
    writer: Writer
    external_id: str
    kind: str
    text: str
    sent_at: datetime
    automatic: bool = False
    passive: bool = False
    about: str | None = None
    payload: dict[str, object] | None = None


@dataclass(slots=True)
class Understood:
    """All that one delivery says, in its order."""

    delivery: Delivery
    heard: list[Heard] = field(default_factory=list)
    statuses: list[StatusEvent] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    calls: list[HeardCall] = field(default_factory=list)


def understand_delivery(delivery: Delivery, account: Account, *, country: str) -> Understood:
    """Take one delivery apart. What cannot be read is a result too, never an exception."""
    understood = Understood(delivery)
    if account.kind == "phone":
        call = understand_call(delivery, account, country=country)
        understood.calls += [call] if isinstance(call, HeardCall) else []
        understood.unreadable += [call] if isinstance(call, Unreadable) else []
        return understood
    for item in _items(delivery, account):
        _sort(item, understood, country=country)
    return understood


def _items(delivery: Delivery, account: Account) -> tuple[Item | WebLead, ...]:
    body = bytes(delivery.body)
    if account.kind == "whatsapp":
        return parse_whatsapp(body, phone_number_id=str(account.settings.get("phone_number_id", ""))).items
    form = parse_form(body, delivery.content_type)
    if isinstance(form, Refusal):
        return _refused(form)
    return (form,)


def _refused(form: Refusal) -> tuple[Unreadable, ...]:
    """Every fault of a form, each by its field: whoever mends the form sees all of them at once."""
    return tuple(Unreadable(position=fault.path, reason=fault.code) for fault in form.faults) or (
        Unreadable(position="", reason="bad_form"),
    )


def _sort(item: Item | WebLead, understood: Understood, *, country: str) -> None:
    if isinstance(item, Unreadable):
        understood.unreadable.append(item)
    elif isinstance(item, StatusEvent):
        understood.statuses.append(item)
    else:
        claims = _claims(item)
        addresses = _addresses(claims, country=country)
        if not addresses:
            understood.unreadable.append(Unreadable(position="", reason="no_usable_address"))
        elif isinstance(item, InboundMessage):
            understood.heard.append(_message(item, understood.delivery, addresses))
        else:
            understood.heard.append(_lead(item, understood.delivery, addresses))


def _claims(item: InboundMessage | WebLead) -> tuple[AddressClaim, ...]:
    if isinstance(item, InboundMessage):
        # Last those that WhatsApp says are theirs from now on: the former ones say who it is.
        kinds: tuple[AddressKind, ...] = ("phone", "bsuid")
        said = [(kind, item.fields.get(f"new_{kind}")) for kind in kinds]
        return (*item.sender_addresses, *(AddressClaim(kind, value, vouched=True) for kind, value in said if value))
    phone = (AddressClaim("phone", item.phone),) if item.phone else ()
    return (*phone, AddressClaim("email", item.email)) if item.email else phone


def _addresses(claims: tuple[AddressClaim, ...], *, country: str) -> tuple[Address, ...]:
    """Return the claims that are addresses; one that is none does not spoil the others."""
    found: list[Address] = []
    for claim in claims:
        try:
            found.append(match_key(claim.kind, claim.value, country=country, vouched=claim.vouched))
        except NotAnAddress:
            continue
    return tuple(found)


def _message(item: InboundMessage, delivery: Delivery, addresses: tuple[Address, ...]) -> Heard:
    return Heard(
        account_id=delivery.account_id,
        writer=Writer(addresses, item.sender_name, delivery.account_id, source="WhatsApp"),
        external_id=item.external_id,
        kind=item.kind,
        text=item.text or "",
        sent_at=min(item.sent_at or delivery.received_at, delivery.received_at),
        automatic=item.automatic,
        passive=item.kind in PASSIVE_KINDS,
        about=item.reply_to,
        payload=dict(item.payload),
    )


def _lead(lead: WebLead, delivery: Delivery, addresses: tuple[Address, ...]) -> Heard:
    fields = {_field_name(name): value for name, value in lead.fields.items()}
    return Heard(
        account_id=delivery.account_id,
        writer=Writer(addresses, lead.name, delivery.account_id, source=lead.source or "Web", fields=fields),
        # Two posts are two leads, unless the sender gave them one key.
        external_id=f"key:{delivery.idempotency_key}" if delivery.idempotency_key else f"delivery:{delivery.pk}",
        kind="form",
        text=lead.message,
        sent_at=delivery.received_at,
        payload={"name": lead.name, "phone": lead.phone, "email": lead.email, "fields": dict(lead.fields)},
    )


def _field_name(name: str) -> str:
    """A field of ours by its own name; any other is one of the company's."""
    return (
        name if FIELDS.get(name) in ("text", "choice", "number") and name not in _NOT_FROM_OUTSIDE else f"custom.{name}"
    )


_NOT_FROM_OUTSIDE = frozenset({"owner", "kind", "campaign", "account", "conversations", "name", "email", "phone"})
