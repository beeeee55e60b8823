"""
What a message is when it has no words of its own: a photo, a voice note, a place.

It reads no file; media are named, not shown.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_noop

KINDS = {
    "image": gettext_noop("Photo"),
    "audio": gettext_noop("Voice message"),
    "video": gettext_noop("Video"),
    "document": gettext_noop("Document"),
    "sticker": gettext_noop("Sticker"),
    "location": gettext_noop("Location"),
    "contacts": gettext_noop("Contact card"),
    "reaction": gettext_noop("Reaction"),
    "order": gettext_noop("Order"),
    "system": gettext_noop("Notice from WhatsApp"),
    "edit": gettext_noop("Edited message"),
    "revoke": gettext_noop("Deleted message"),
    "unsupported": gettext_noop("A kind of message that WhatsApp does not pass on"),
    "request_welcome": gettext_noop("Opened the chat"),
    "call": gettext_noop("Call"),
    "missed_call": gettext_noop("Missed call"),
    "note": gettext_noop("Private note"),
}
CALL = "call"
#: Longer than this nothing is named.
MOST = 200
#: Icon of a caption, by kind; whatever is not here is drawn as a file.
PICTURES = {"image": "image", "sticker": "image", "audio": "audio", "video": "video", "location": "location"}
PICTURES |= {CALL: CALL, "missed_call": "missed_call"}


def say_kind(kind: str) -> str:
    """Return the name of a kind; "" for one that speaks for itself."""
    return gettext(KINDS[kind]) if kind in KINDS else ""


def caption_of(kind: str, payload: Mapping[str, Any] | None) -> dict[str, str] | None:
    """Return the caption of a message that is more than words: icon, name and what is known of its size."""
    if kind not in KINDS or kind == "note":
        return None
    content = (payload or {}).get(CALL if kind == "missed_call" else kind)
    name, more = _known(kind, content)
    return {"kind": PICTURES.get(kind, "file"), "name": name or say_kind(kind), "size": more}


def _known(kind: str, content: Any) -> tuple[str, str]:
    """Return what the channel told of it: its own name, and a second line."""
    if kind == "contacts" and isinstance(content, list):
        return "", ", ".join(filter(None, (_text(_inside(one, "name"), "formatted_name") for one in content)))[:MOST]
    if not isinstance(content, dict):
        return "", ""
    if kind == CALL:
        return "", _said_of_call(content)
    if kind == "location":
        place = ", ".join(filter(None, (_text(content, "latitude"), _text(content, "longitude"))))
        return _text(content, "name"), _text(content, "address") or place
    if kind == "reaction":
        return "", _text(content, "emoji")
    return _text(content, "filename"), _text(content, "mime_type").partition(";")[0]


def _said_of_call(call: Mapping[str, Any]) -> str:
    """How long it took, and who answered as the exchange names them, when that is nobody whom we know."""
    seconds, who = call.get("seconds"), _text(call, "said_by")
    length = f"{seconds // 60}:{seconds % 60:02d}" if isinstance(seconds, int) and seconds > 0 else ""
    return " · ".join(filter(None, (length, gettext("answered by %(who)s") % {"who": who} if who else "")))


def _inside(content: Any, name: str) -> Any:
    return content.get(name) if isinstance(content, dict) else None


def _text(content: Any, name: str) -> str:
    """Return a word or number of a payload, which anybody may have written."""
    said = _inside(content, name)
    return str(said)[:MOST] if isinstance(said, str | int | float) else ""
