"""
Send one text through the Cloud API.

It does not retry, store or decide whether the customer may be written to now; the outbox does.
"""

from collections.abc import Mapping
from typing import Any

from reparto.channels.clean_text import clean_text

from .send_message import PRESET_API_BASE, Client, SentMessage, WhatsAppError, refused, send_message

MAX_TEXT = 4_096

__all__ = ["PRESET_API_BASE", "SentMessage", "WhatsAppError", "send_text"]


def send_text(
    settings: Mapping[str, str], *, to: str, text: str, reply_to: str | None = None, client: Client
) -> SentMessage:
    """
    Send a text to a phone number (in any form with its country code) or a BSUID.

    Raises:
        WhatsAppError: Says whether it may be tried again, or whether nobody knows.

    """
    return send_message(settings, to=to, content=_content(text, reply_to), client=client)


def _content(text: str, reply_to: str | None) -> dict[str, Any]:
    if not text.strip() or len(text) > MAX_TEXT:
        raise refused("bad_text", f"A text has 1 to {MAX_TEXT} characters, this one {len(text)}.")
    context = {"context": {"message_id": reply_to}} if reply_to else {}
    return {"type": "text", "text": {"body": clean_text(text)}, **context}
