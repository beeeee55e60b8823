"""
The part of a thread that scrolls, with the addresses by which it grows: upwards by pages, downwards by itself.

It draws what it is given; which messages those are is the caller's to say.
"""

from datetime import datetime
from typing import Any

from reparto.conversations.send_reply import WINDOW

from .draw_thread import Part, draw_thread
from .opened import Opened
from .where import Where


def draw_log(opened: Opened, part: Part, where: Where, *, at: datetime) -> dict[str, Any]:
    """Return what `inbox/log.html` needs."""
    talk = opened.talk
    messages = where.part("inbox_messages", talk.pk)
    entries = draw_thread(talk.pk, part, at=at)
    for entry in entries:
        if opened.may_reply and entry.get("status") == "failed":
            entry["retry_url"] = where.part("inbox_resend", talk.pk, entry["id"])
    joint = "&" if where.query else "?"
    return {
        "talk": talk,
        "entries": entries,
        "log_url": f"{messages}{joint}from={part.first_id}",
        "earlier_url": f"{messages}{joint}before={part.messages[0].pk}" if part.earlier and part.messages else "",
        "window_until": talk.last_inbound_at + WINDOW if talk.last_inbound_at else None,
    }
