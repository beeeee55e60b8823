"""
The line above a thread: whom it is with, by which account, and what may be done to it as a whole.

Each act has its own address and works as a plain form.
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext

from reparto.people.actor import Actor

from ..contacts.owner_cell import owner_cell
from ..contacts.show_missed_call import show_missed_call
from .opened import Opened
from .where import Where

MORNING = 9


def draw_head(opened: Opened, where: Where, actor: Actor, *, at: datetime) -> dict[str, Any]:
    """Return what `inbox/head.html` needs."""
    talk = opened.talk
    cell = owner_cell(talk.contact, actor)
    return {
        "opened": opened,
        "talk": talk,
        "contact": talk.contact,
        "where": where,
        "bar_cell": {**cell, "id": f"owner-bar-{talk.contact_id}"},
        "head_url": where.part("inbox_head", talk.pk),
        "back_url": where.url(),
        "details_url": where.url(talk.pk, details=not where.details),
        "urls": {act: where.part(f"inbox_{act}", talk.pk) for act in ("close", "reopen", "snooze", "take", "unread")},
        "snoozes": snoozes(at),
        "missed": show_missed_call(talk.contact, actor) if talk.account.kind == "phone" else None,
        "live_ids": f"{talk.pk},{talk.contact_id}",
    }


def snoozes(at: datetime) -> list[dict[str, str]]:
    """Return until when a conversation may be put off: in hours, tomorrow, next week, in the actor's own zone."""
    here = timezone.localtime(at)
    morning = here.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    moments = [
        (gettext("In 1 hour"), here + timedelta(hours=1)),
        (gettext("In 3 hours"), here + timedelta(hours=3)),
        (gettext("Tomorrow"), morning + timedelta(days=1)),
        (gettext("Next Monday"), morning + timedelta(days=7 - here.weekday())),
    ]
    return [
        {"label": label, "until": moment.isoformat(), "said": formats.date_format(moment, "D j, H:i").lower()}
        for label, moment in moments
    ]
