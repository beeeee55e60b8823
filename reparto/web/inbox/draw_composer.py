"""
Where one writes: a reply, a private note, or the reason why no reply is possible now.

What cannot be sent cannot be typed (UX-20): the verb refuses it as well.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import gettext

from reparto.conversations.models import Draft
from reparto.conversations.send_reply import WINDOW, window_is_open

from .opened import Opened
from .say_left import say_left
from .where import Where

#: The last minute is shown as a warning.
SOON = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Mood:
    """What may be written: `open`, or the code of why no reply can leave; `silent`: not even a note."""

    code: str
    since: datetime | None = None  #: of a window: when it closed

    @property
    def closed_text(self) -> str:
        """Why no reply can leave, with the way out."""
        return {
            "window": self._window_text(),
            "closed": gettext("This conversation is closed. Reopen it to reply."),
            "no_way_out": gettext(
                "Nothing can be sent by this account. Write or call by another way; notes stay here."
            ),
        }.get(self.code, "")

    def _window_text(self) -> str:
        if self.since is None:
            return gettext("They have not written yet, so WhatsApp takes no free text. Use an approved template.")
        said = gettext(
            "The WhatsApp window closed on %(moment)s, 24 hours after the contact's last message."
            " Use an approved template to write again; it opens as soon as they answer."
        )
        return said % {"moment": formats.date_format(timezone.localtime(self.since), "D j, H:i").lower()}


def mood_of(opened: Opened, *, at: datetime) -> Mood:
    """Return what may be written in a conversation now."""
    if not opened.may_reply:
        return Mood("silent")
    if opened.talk.status == "closed":
        return Mood("closed")
    if opened.talk.account.kind != "whatsapp":
        return Mood("no_way_out")
    if window_is_open(opened.talk, at=at):
        return Mood("open")
    last = opened.talk.last_inbound_at
    return Mood("window", since=last + WINDOW if last else None)


def draw_composer(opened: Opened, where: Where, drafts: Iterable[Draft], *, at: datetime) -> dict[str, Any]:
    """Return what `inbox/composer.html` needs; `drafts`: what the actor has begun to write, one or none."""
    talk, mood = opened.talk, mood_of(opened, at=at)
    left = (talk.last_inbound_at or at) + WINDOW - at
    return {
        "opened": opened,
        "talk": talk,
        "contact": talk.contact,
        "mood": mood,
        "composer_url": where.part("inbox_composer", talk.pk),
        "send_url": where.part("inbox_messages", talk.pk),
        "send_key": secrets.token_urlsafe(12),
        "draft": next(iter(drafts), None),
        "draft_url": where.part("inbox_draft", talk.pk),
        "quick_url": reverse("inbox_quick", args=[talk.pk]),
        "mentions_url": reverse("inbox_mentions", args=[talk.pk]),
        "take_url": where.part("inbox_take", talk.pk),
        "template_url": where.part("inbox_template", talk.pk) if mood.code in ("open", "window") else "",
        "window_label": _window_label(left, at + left) if mood.code == "open" else "",
        "window_soon": left <= SOON,
    }


def _window_label(left: timedelta, until: datetime) -> str:
    """Return the label with its count-down and its end, which the browser keeps right."""
    pattern = gettext("WhatsApp window: %(time)s left, until %(until)s")
    moment = formats.date_format(timezone.localtime(until), "H:i")
    said = pattern % {"time": say_left(left), "until": moment}
    return format_html('<span data-window="{}">{}</span>', pattern % {"time": "{}", "until": "{until}"}, said)
