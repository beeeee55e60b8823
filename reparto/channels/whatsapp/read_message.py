"""
Read one message of a Cloud API webhook. Pure.

Strict about what identifies (id, kind, sender) and about the text; lenient about what only accompanies it (name, time,
context), because a message is worth more than its decoration.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast, get_args

from reparto.channels.clean_text import clean_line, clean_lines
from reparto.channels.shapes import BSUID, AddressClaim, InboundMessage, MessageKind
from reparto.channels.whatsapp.describe_content import describe_content
from reparto.channels.whatsapp.not_readable import NotReadable

KINDS = frozenset(get_args(MessageKind))
POINTING_KINDS = {"reaction": "message_id", "edit": "original_message_id", "revoke": "original_message_id"}
AUTOMATIC_KINDS = frozenset({"system", "request_welcome"})
MAX_ID = 255  #: Meta's are about 60 characters
MAX_TEXT = 65_536  #: Meta's limit is 4,096 for a text and 1,024 for a caption
MAX_NAME = 200
LATEST_TIMESTAMP = 4_102_444_800  #: the year 2100, in seconds
PHONE = re.compile(r"\+?([0-9]{5,20})")


def read_message(item: Mapping[str, Any], *, profiles: Any = None) -> InboundMessage:
    """
    Understand one element of `messages`; `profiles` is the `contacts` array beside it, whatever it holds.

    Raises:
        NotReadable: With the code under which it goes into quarantine.

    """
    kind = _kind(item)
    profile = _profile(item, profiles)
    addresses = _addresses(item, profile)
    if not addresses:
        raise NotReadable("no_sender")
    text = describe_content(kind, item)
    if text is not None and len(text) > MAX_TEXT:
        raise NotReadable("too_large")
    return InboundMessage(
        external_id=read_id(item.get("id")),
        sender_addresses=addresses,
        sender_name=_name(profile),
        sent_at=read_timestamp(item.get("timestamp")),
        kind=kind,
        text=text and (clean_lines(text) or None),
        automatic=kind in AUTOMATIC_KINDS,
        reply_to=_reply_to(kind, item),
        fields=_changes(kind, item),
        payload=item,
    )


def read_sender(item: Mapping[str, Any]) -> str | None:
    """Return where an answer to one element of `messages` goes: whence it came, or the number that it says is new."""
    new = _changes("system", item)
    claims = (_claim(item.get("from")), _claim(item.get("from_user_id")))
    return new.get("new_phone") or next((claim.value for claim in claims if claim), None) or new.get("new_bsuid")


def read_id(value: Any) -> str:
    """
    Check a message id.

    Raises:
        NotReadable: It is no text, empty, or longer than any that Meta gives.

    """
    if not isinstance(value, str) or not value.strip():
        raise NotReadable("no_id")
    if len(value) > MAX_ID:
        raise NotReadable("bad_id")
    return value


def read_timestamp(value: Any) -> datetime | None:
    """Read seconds since 1970, as text or number; None when it says nothing sensible."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= len(str(LATEST_TIMESTAMP)):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < LATEST_TIMESTAMP:
        return None
    return datetime.fromtimestamp(value, UTC)


def _kind(item: Mapping[str, Any]) -> MessageKind:
    kind = item.get("type")
    # Before it was called `unsupported`, Meta said `unknown` with an error beside it.
    if kind == "unknown" and isinstance(item.get("errors"), list):
        return "unsupported"
    if not isinstance(kind, str):
        raise NotReadable("wrong_shape")
    if kind not in KINDS:
        raise NotReadable("unknown_kind")
    return cast(MessageKind, kind)


def _profile(item: Mapping[str, Any], profiles: Any) -> Mapping[str, Any]:
    """Find whose message it is among the profiles: by number, by user id, or because there is only one."""
    known = [one for one in profiles if isinstance(one, dict)] if isinstance(profiles, list) else []
    for profile_key, item_key in (("wa_id", "from"), ("user_id", "from_user_id")):
        claimed = item.get(item_key)
        for one in known:
            if claimed and one.get(profile_key) == claimed:
                return one
    return known[0] if len(known) == 1 else {}


def _addresses(item: Mapping[str, Any], profile: Mapping[str, Any]) -> tuple[AddressClaim, ...]:
    """Phone first: Meta keeps showing a number that is written to. A BSUID may stand where a number used to."""
    sender = item.get("from")
    if sender is not None and not isinstance(sender, str):
        raise NotReadable("wrong_shape")
    own = profile if _is_of(profile, item) else {}
    # When an address changed, the message still comes from the former one; `fields` has the new.
    user_id = _former_user_id(item) or item.get("from_user_id") or own.get("user_id")
    claims = [claim for value in (sender, own.get("wa_id"), user_id) if (claim := _claim(value))]
    first_of_kind = {claim.kind: claim for claim in reversed(claims)}
    return tuple(first_of_kind[kind] for kind in ("phone", "bsuid") if kind in first_of_kind)


def _is_of(profile: Mapping[str, Any], item: Mapping[str, Any]) -> bool:
    """A profile lends its addresses only to the message that names it, or names nobody."""
    named = [(item.get(key), profile.get(other)) for key, other in (("from", "wa_id"), ("from_user_id", "user_id"))]
    return not any(one for one, _ in named) or any(one and one == other for one, other in named)


def _former_user_id(item: Mapping[str, Any]) -> Any:
    system = item.get("system")
    return system.get("previous_user_id") if isinstance(system, dict) else None


def _claim(value: Any) -> AddressClaim | None:
    if not isinstance(value, str):
        return None
    if phone := PHONE.fullmatch(value):
        return AddressClaim("phone", f"+{phone[1]}", vouched=True)
    return AddressClaim("bsuid", value, vouched=True) if BSUID.fullmatch(value) else None


def _name(profile: Mapping[str, Any]) -> str:
    about = profile.get("profile")
    name = about.get("name") or about.get("username") if isinstance(about, dict) else None
    if not isinstance(name, str):
        return ""
    return clean_line(name)[:MAX_NAME]


def _reply_to(kind: str, item: Mapping[str, Any]) -> str | None:
    place, key = (item.get(kind), POINTING_KINDS[kind]) if kind in POINTING_KINDS else (item.get("context"), "id")
    target = place.get(key) if isinstance(place, dict) else None
    return target if isinstance(target, str) and 0 < len(target) <= MAX_ID else None


def _changes(kind: str, item: Mapping[str, Any]) -> dict[str, str]:
    """What a system message says the sender's addresses are from now on."""
    system = item.get("system")
    if kind != "system" or not isinstance(system, dict):
        return {}
    said = (_claim(system.get("wa_id") or system.get("new_wa_id")), _claim(system.get("user_id")))
    return {f"new_{claim.kind}": claim.value for claim in said if claim}
