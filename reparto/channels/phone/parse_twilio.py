"""
What a Twilio status callback says of a call. Pure, and never raises.

It takes the events of the call itself, of the phones that it rang at (legs, which name the call as `ParentCallSid`)
and of `<Dial action>`. Whether it is genuine was asked before. Source: Twilio, "Voice: StatusCallback attributes" and
"TwiML: Dial".
"""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote

from reparto.channels.clean_text import clean_line
from reparto.channels.phone.call_event import CallEvent, CallStatus
from reparto.channels.phone.read_fields import read_fields
from reparto.channels.shapes import Unreadable

MISSED = frozenset({"no-answer", "busy", "failed", "canceled"})
#: The phone rings, or our own programme talks: nothing has come of the call yet.
UNDER_WAY = frozenset({"queued", "initiated", "ringing", "in-progress"})
#: Names by which a callback's own address or form may say who answered, in the order in which they are believed.
WHO = ("answered_by", "person_id", "person", "agent_email", "agent")
CLIENT = "client:"
MOST_SID = 64


def parse_twilio(raw: bytes, *, account_sid: str) -> CallEvent | Unreadable | None:
    """
    Return what one callback says; None when it says nothing that we keep (it still rings, or we were calling).

    `account_sid`, if the account has one, must be the body's: whose call it is, the signed account says.
    """
    fields = _first_values(raw)
    if fields is None:
        return Unreadable("", "bad_form")
    if account_sid and fields.get("AccountSid") != account_sid:
        return Unreadable("AccountSid", "foreign_account")
    if not fields.get("CallSid"):
        return Unreadable("CallSid", "no_call_id")
    if fields.get("Direction", "inbound").startswith("outbound") and not fields.get("ParentCallSid"):
        return None
    return _read(fields)


def _first_values(raw: bytes) -> dict[str, str] | None:
    fields = read_fields(raw)
    return None if fields is None else {name: clean_line(values[0]) for name, values in fields.items()}


def _read(fields: Mapping[str, str]) -> CallEvent | Unreadable | None:
    who, dialled = _who(fields), fields.get("DialCallStatus", "")
    leg = bool(fields.get("ParentCallSid"))
    said = dialled or fields.get("CallStatus", "")
    status = _status(said, connected=bool(who) or leg or bool(dialled))
    if status is None:
        known = said in UNDER_WAY
        return None if known else Unreadable("CallStatus", "unknown_call_status", {"CallStatus": said[:60]})
    seconds = fields.get("DialCallDuration") or fields.get("CallDuration") or ""
    return CallEvent(
        call_id=(fields.get("ParentCallSid") or fields["CallSid"])[:MOST_SID],
        caller=fields.get("caller") or fields.get("From") or fields.get("Caller") or "",
        status=status,
        leg=leg and not dialled,
        answered_by=who if status == "answered" else "",
        name=fields.get("CallerName", ""),
        at=_instant(fields.get("Timestamp", "")),
        seconds=int(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) < 8 else None,
        payload=dict(fields),
    )


def _status(said: str, *, connected: bool) -> CallStatus | None:
    """`connected`: it is about a phone of ours, not about the line; only then does talking mean that a person did."""
    if said in MISSED:
        return "missed"
    if said in ("completed", "answered"):
        return "answered" if connected else "ended"
    return "answered" if said == "in-progress" and connected else None


def _who(fields: Mapping[str, str]) -> str:
    named = next((fields[name] for name in WHO if fields.get(name)), "")
    to = fields.get("To") or fields.get("Called") or ""
    return named or (unquote(to.removeprefix(CLIENT)) if to.startswith(CLIENT) else "")


def _instant(written: str) -> datetime | None:
    try:
        instant = parsedate_to_datetime(written)
    except ValueError:
        return None
    return instant if instant.tzinfo is not None else None
