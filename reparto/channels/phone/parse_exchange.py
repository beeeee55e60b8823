"""
What a company's own telephone exchange (Asterisk, FreePBX) says of a call, in JSON. Pure, and never raises.

The format is ours and small: docs/how-to/connect-a-telephone-exchange.md. Whether it is genuine was asked before.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from reparto.channels.clean_text import clean_line
from reparto.channels.phone.call_event import CallEvent, CallStatus
from reparto.channels.read_json import NotJson, clean_json, find_flaw, read_json
from reparto.channels.shapes import Unreadable

#: What Asterisk calls it (`DIALSTATUS`, folded) and what it means here; `answered` with nobody named is still answered.
STATUSES: Mapping[str, CallStatus] = {
    "answer": "answered",
    "answered": "answered",
    "completed": "answered",
    "noanswer": "missed",
    "no-answer": "missed",
    "missed": "missed",
    "busy": "missed",
    "cancel": "missed",
    "canceled": "missed",
    "congestion": "missed",
    "chanunavail": "missed",
    "failed": "missed",
}
FRAGMENT_LENGTH = 300
MOST_ID = 64


def parse_exchange(raw: bytes) -> CallEvent | Unreadable:
    """Return what one event says, or why it cannot be read."""
    try:
        said = read_json(raw)
    except NotJson as error:
        return Unreadable("", error.code)
    if flaw := find_flaw(said):
        return Unreadable("", flaw)
    if not isinstance(said, dict):
        return Unreadable("", "not_an_object")
    return _read(clean_json(said))


def _read(said: Mapping[str, Any]) -> CallEvent | Unreadable:
    status = STATUSES.get(_line(said, "status").lower())
    if status is None:
        return _fault("status", "unknown_call_status", said)
    if not _line(said, "call_id"):
        return _fault("call_id", "no_call_id", said)
    seconds = said.get("seconds")
    named = _line(said, "answered_by")
    return CallEvent(
        call_id=_line(said, "call_id")[:MOST_ID],
        caller=_line(said, "from"),
        status=status,
        answered_by=(named or _line(said, "person_id")) if status == "answered" else "",
        by_extension=bool(named),
        name=_line(said, "name"),
        at=_instant(_line(said, "at")),
        seconds=seconds if isinstance(seconds, int) and 0 <= seconds < 10_000_000 else None,
        payload=said,
    )


def _line(said: Mapping[str, Any], name: str) -> str:
    """A text or a number as one line; anything else is nothing."""
    value = said.get(name)
    return clean_line(str(value))[:FRAGMENT_LENGTH] if isinstance(value, str | int) else ""


def _instant(written: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        return None
    return instant if instant.tzinfo is not None else None


def _fault(position: str, code: str, said: Mapping[str, Any]) -> Unreadable:
    return Unreadable(position, code, clean_json(said, depth=2, length=FRAGMENT_LENGTH))
