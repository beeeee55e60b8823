"""
The part of a thread that scrolls, with the addresses by which it grows: upwards by pages, downwards by itself.

It draws what it is given; which messages those are is the caller's to say.
"""

from datetime import datetime
from typing import Any

from reparto.conversations.send_reply import WINDOW
from reparto.kit.read_together import read_together

from .draw_thread import Part, ask_thread, draw_thread
from .opened import Opened
from .where import Where


def read_log(opened: Opened, part: Part, where: Where, *, at: datetime) -> dict[str, Any]:
    """Return what `inbox/log.html` needs, for a log by itself."""
    asked = ask_thread(opened.talk.pk, part)
    read_together(*asked.all)
    return draw_log(opened, part, where, draw_thread(part, asked, asked.read_names(), at=at))


def draw_log(opened: Opened, part: Part, where: Where, entries: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what `inbox/log.html` needs, with the entries of `draw_thread`."""
    talk = opened.talk
    messages = where.part("inbox_messages", talk.pk)
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
