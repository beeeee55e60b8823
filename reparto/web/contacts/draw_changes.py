"""
One line for each time that somebody closed, put off or reopened a conversation: «Marta cerró la conversación».

It says what was recorded and derives nothing.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from reparto.assignment.read_names import NamesOf
from reparto.kit.models import AuditEntry

ICONS = {"closed": "archive", "snoozed": "clock", "open": "rotate-ccw"}


def draw_changes(entries: Iterable[AuditEntry], names: NamesOf) -> list[dict[str, Any]]:
    """Return the lines as `components/event_line.html` draws them, in the order given; `names`: of whoever acted."""
    return [
        {
            "shape": "event",
            "id": f"change-{one.pk}",
            "at": one.at,
            "text": _say(one, names.as_of(one.at)),
            "icon": ICONS.get((one.after or {}).get("status", ""), "history"),
        }
        for one in entries
    ]


def _say(one: AuditEntry, names: NamesOf) -> SafeString:
    who = format_html("<b>{}</b>", names.person(one.actor_id or 0))
    after = one.after or {}
    if after.get("status") == "snoozed":
        moment = timezone.localtime(datetime.fromisoformat(after["until"]))
        said = formats.date_format(moment, "D j, H:i").lower()
        return format_html(gettext("{who} put it off until {moment}"), who=who, moment=said)
    plain = gettext("{who} closed it") if after.get("status") == "closed" else gettext("{who} reopened it")
    return format_html(plain, who=who)
