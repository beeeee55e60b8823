"""
Where one writes: a reply, a private note, or the reason why no reply is possible now.

What cannot be sent cannot be typed (UX-20): the verb refuses it as well.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from reparto.conversations.queries import draft_of
from reparto.conversations.send_reply import WINDOW, window_is_open
from reparto.people.actor import Actor

from .opened import Opened
from .say_left import say_left
from .where import Where

#: The last minute is shown as a warning.
SOON = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Mood:
    """What may be written: `open`, or the code of why no reply can leave; `silent`: not even a note."""

    code: str

    @property
    def closed_text(self) -> str:
        """Why no reply can leave, with the way out."""
        return {
            "window": gettext(
                "24 hours have passed since the contact's last message, so WhatsApp takes no free text."
                " It opens again as soon as they write."
            ),
            "closed": gettext("This conversation is closed. Reopen it to reply."),
            "no_way_out": gettext(
                "Nothing can be sent by this account. Write or call by another way; notes stay here."
            ),
        }.get(self.code, "")


def mood_of(opened: Opened, *, at: datetime) -> Mood:
    """Return what may be written in a conversation now."""
    if not opened.may_reply:
        return Mood("silent")
    if opened.talk.status == "closed":
        return Mood("closed")
    if opened.talk.account.kind != "whatsapp":
        return Mood("no_way_out")
    return Mood("open" if window_is_open(opened.talk, at=at) else "window")


def draw_composer(opened: Opened, where: Where, actor: Actor, *, at: datetime) -> dict[str, Any]:
    """Return what `inbox/composer.html` needs."""
    talk, mood = opened.talk, mood_of(opened, at=at)
    left = (talk.last_inbound_at or at) + WINDOW - at
    return {
        "opened": opened,
        "talk": talk,
        "contact": talk.contact,
        "mood": mood,
        "composer_url": where.part("inbox_composer", talk.pk),
        "send_url": where.part("inbox_messages", talk.pk),
        "draft": None if mood.code == "silent" else draft_of(talk.pk, actor=actor),
        "draft_url": where.part("inbox_draft", talk.pk),
        "quick_url": reverse("inbox_quick", args=[talk.pk]),
        "mentions_url": reverse("inbox_mentions", args=[talk.pk]),
        "take_url": where.part("inbox_take", talk.pk),
        "window_label": _window_label(left) if mood.code == "open" else "",
        "window_soon": left <= SOON,
    }


def _window_label(left: timedelta) -> str:
    """Return the label with its count-down, which the browser keeps right."""
    said = gettext("WhatsApp window: %(time)s left") % {"time": say_left(left)}
    pattern = gettext("WhatsApp window: %(time)s left") % {"time": "{}"}
    return format_html('<span data-window="{}">{}</span>', pattern, said)
