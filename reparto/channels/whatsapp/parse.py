"""
Take a Cloud API webhook apart into messages, statuses and what cannot be read. Pure, and never raises.

One bad part spoils no other: each is judged by itself, and a bad one becomes `Unreadable` in its place. Whether the
delivery is genuine was asked before (`verify`); who the sender is, is asked after.
Source: Meta, "messages webhook reference" and "Business-scoped user IDs", 2026.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from reparto.channels.read_json import NotJson, clean_json, find_flaw, read_json
from reparto.channels.shapes import InboundMessage, Item, Parsed, StatusEvent, Unreadable
from reparto.channels.whatsapp.not_readable import NotReadable
from reparto.channels.whatsapp.read_message import read_message
from reparto.channels.whatsapp.read_status import read_status

FRAGMENT_DEPTH = 8
FRAGMENT_LENGTH = 1_000

IGNORED_FIELDS = frozenset(
    {
        "account_alerts",
        "account_offboarded",
        "account_reconnected",
        "account_review_update",
        "account_settings_update",
        "account_update",
        "automatic_events",
        "business_capability_update",
        "business_status_update",
        "business_username_update",
        "calls",
        "consumer_profile",
        "flows",
        "group_lifecycle_update",
        "group_participants_update",
        "group_settings_update",
        "group_status_update",
        "history",
        "message_echoes",
        "message_template_components_update",
        "message_template_quality_update",
        "message_template_status_update",
        "messaging_handovers",
        "partner_solutions",
        "payment_configuration_update",
        "phone_number_name_update",
        "phone_number_quality_update",
        "phone_number_settings",
        "security",
        "smb_app_state_sync",
        "smb_message_echoes",
        "standby",
        "template_category_update",
        "template_correct_category_detection",
        "tracking_events",
        "user_id_update",
        "user_preferences",
    }
)
"""Webhook topics that Meta documents and Reparto does not use."""


def parse(raw: bytes, *, phone_number_id: str) -> Parsed:
    """
    Read the body of one delivery for the account with this `phone_number_id`.

    What concerns another number is `Unreadable("foreign_number")`: the organization comes
    from the signed account, never from the body.
    """
    try:
        body = read_json(raw)
    except NotJson as error:
        return Parsed((Unreadable("", error.code, clean_json(raw[:FRAGMENT_LENGTH].decode("utf-8", "replace"))),))
    if not isinstance(body, dict) or body.get("object") != "whatsapp_business_account":
        return Parsed((_unreadable("", "foreign_object", body),))
    found = list(_walk(body, phone_number_id))
    return Parsed(
        items=tuple(one for one in found if not isinstance(one, str)),
        ignored=tuple(one for one in found if isinstance(one, str)),
    )


def _walk(body: Mapping[str, Any], phone_number_id: str) -> Iterator[Item | str]:
    for at, entry in _each(body, "entry", ""):
        if isinstance(entry, Unreadable):
            yield entry
            continue
        for position, change in _each(entry, "changes", at):
            yield from [change] if isinstance(change, Unreadable) else _change(change, position, phone_number_id)


def _change(change: Mapping[str, Any], at: str, phone_number_id: str) -> Iterator[Item | str]:
    field, value = change.get("field"), change.get("value")
    if isinstance(field, str) and field in IGNORED_FIELDS:
        yield field
    elif field != "messages":
        yield _unreadable(at, "unknown_field", change)
    elif not isinstance(value, dict):
        yield _unreadable(at, "wrong_shape", change)
    elif _number_of(value) != phone_number_id:
        yield _unreadable(at, "foreign_number", change)
    else:
        yield from _value(value, f"{at}.value")


def _value(value: Mapping[str, Any], at: str) -> Iterator[Item]:
    known = [name for name in ("messages", "statuses", "errors") if name in value]
    if not known:
        yield _unreadable(at, "wrong_shape", value)
    profiles = value.get("contacts")
    if "messages" in known:
        yield from _items(value, "messages", at, lambda item: read_message(item, profiles=profiles))
    if "statuses" in known:
        yield from _items(value, "statuses", at, read_status)
    if "errors" in known:
        yield from (_unreadable(position, "reported_error", item) for position, item in _each(value, "errors", at))


def _items(
    value: Mapping[str, Any], name: str, at: str, read: Callable[[Mapping[str, Any]], InboundMessage | StatusEvent]
) -> Iterator[Item]:
    for position, item in _each(value, name, at):
        if isinstance(item, Unreadable):
            yield item
        elif flaw := find_flaw(item):
            yield _unreadable(position, flaw, item)
        else:
            yield _read(item, position, read)


def _read(item: Mapping[str, Any], at: str, read: Callable[[Mapping[str, Any]], InboundMessage | StatusEvent]) -> Item:
    try:
        return read(clean_json(item))
    except NotReadable as error:
        return _unreadable(at, error.code, item)


def _each(parent: Mapping[str, Any], name: str, at: str) -> Iterator[tuple[str, dict[str, Any] | Unreadable]]:
    position = f"{at}.{name}" if at else name
    children = parent.get(name)
    if not isinstance(children, list):
        yield position, _unreadable(position, "wrong_shape", children)
        return
    for index, child in enumerate(children):
        place = f"{position}[{index}]"
        yield place, child if isinstance(child, dict) else _unreadable(place, "wrong_shape", child)


def _number_of(value: Mapping[str, Any]) -> Any:
    metadata = value.get("metadata")
    return metadata.get("phone_number_id") if isinstance(metadata, dict) else None


def _unreadable(at: str, reason: str, fragment: Any) -> Unreadable:
    if isinstance(fragment, Unreadable):
        return fragment
    return Unreadable(at, reason, clean_json(fragment, depth=FRAGMENT_DEPTH, length=FRAGMENT_LENGTH))
