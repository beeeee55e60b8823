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
    "note": gettext_noop("Private note"),
}
#: Icon of a caption, by kind; whatever is not here is drawn as a file.
PICTURES = {"image": "image", "sticker": "image", "audio": "audio", "video": "video", "location": "location"}


def say_kind(kind: str) -> str:
    """Return the name of a kind; "" for one that speaks for itself."""
    return gettext(KINDS[kind]) if kind in KINDS else ""


def caption_of(kind: str, payload: Mapping[str, Any] | None) -> dict[str, str] | None:
    """Return the caption of a message that is more than words: icon, name and what is known of its size."""
    if kind not in KINDS or kind == "note":
        return None
    content = (payload or {}).get(kind)
    name = content.get("filename") if isinstance(content, dict) else None
    return {"kind": PICTURES.get(kind, "file"), "name": str(name or say_kind(kind)), "size": ""}
