"""
What a call event says: who called by an address that we know how to find again, what became of it, who answered.

Pure but for the account's settings; it stores nothing.
"""

from dataclasses import dataclass

from reparto.channels.account_settings import read_settings
from reparto.channels.models import Account
from reparto.channels.phone.call_event import CallEvent
from reparto.channels.phone.parse_exchange import parse_exchange
from reparto.channels.phone.parse_twilio import parse_twilio
from reparto.channels.shapes import Unreadable
from reparto.contacts.address_error import NotAnAddress
from reparto.contacts.identify_contacts import Writer
from reparto.contacts.match_key import match_key

from .models import Delivery


@dataclass(frozen=True, slots=True)
class HeardCall:
    """One event of a call, and who called."""

    delivery: Delivery
    caller: Writer
    event: CallEvent


def understand_call(delivery: Delivery, account: Account, *, country: str) -> HeardCall | Unreadable | None:
    """Take one event apart; None when it says nothing that is kept."""
    event = _parse(delivery, account)
    if not isinstance(event, CallEvent):
        return event
    try:
        # The network delivered a call from a number with its +, so it exists whatever numbering plans say.
        address = match_key("phone", event.caller, country=country, vouched=event.caller.startswith("+"))
    except NotAnAddress:
        return Unreadable("from", "hidden_caller", {"from": event.caller[:60]})
    return HeardCall(delivery, Writer((address,), event.name, account.pk), event)


def _parse(delivery: Delivery, account: Account) -> CallEvent | Unreadable | None:
    body = bytes(delivery.body)
    if delivery.content_type.partition(";")[0].strip().lower() == "application/json":
        return parse_exchange(body)
    return parse_twilio(body, account_sid=str(read_settings(account).get("account_sid") or ""))
