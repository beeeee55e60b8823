"""
The rows of the inbox as `components/conversation_item.html` draws them.

Whatever a row says is read for all rows at once.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext, pgettext

from reparto.conversations.count_inbox import count_inbox
from reparto.conversations.list_inbox import Named, Row, View, list_inbox
from reparto.conversations.send_reply import WINDOW
from reparto.people.actor import Actor

from .say_kind import say_kind
from .say_left import say_left
from .where import STEP, Where

#: From here on a row warns that the WhatsApp window closes.
WARN_BEFORE = timedelta(hours=2)
HURRY_BEFORE = timedelta(minutes=30)
#: Faces and tags that a row has room for.
MOST_FACES = 3
MOST_TAGS = 2


def draw_list(where: Where, actor: Actor, *, at: datetime, current: int | None = None) -> dict[str, Any]:
    """Return what `inbox/list.html` needs: the rows that the actor may see, tabs with counts (two queries)."""
    rows = list_inbox(where.inbox, actor=actor, limit=where.shown + 1)
    items = [_item(row, where, actor, at=at) for row in rows[: where.shown]]
    for item in items:
        # What is open is being read.
        item["unread"] = 0 if item["id"] == current else item["unread"]
        item["stamp"] = _stamp(item)
    return {
        "items": items,
        "current": current,
        "views": _views(where, actor),
        "more_url": where.url(current, shown=where.shown + STEP) if len(rows) > where.shown else "",
        "list_url": where.part("inbox_list") + _open(where, current),
        "where": where,
    }


def _open(where: Where, current: int | None) -> str:
    """The open conversation stays marked in what is fetched again."""
    if current is None:
        return ""
    return f"{'&' if where.query else '?'}open={current}"


def _item(row: Row, where: Where, actor: Actor, *, at: datetime) -> dict[str, Any]:
    needs = _needs(row, at=at)
    others = [person for person in row.people if person.id != actor.person_id]
    shares = _shares(row, others, actor)
    author = row.last.author
    return {
        "id": row.id,
        "url": where.url(row.id),
        "why_url": reverse("conversation_why", args=[row.id]),
        "contact": row.contact,
        "channel": row.channel,
        "at": row.last_message_at,
        "preview": _preview(row, actor),
        "ours": row.last.direction == "out" and author is not None and author.id == actor.person_id,
        "unread": row.last.unread,
        "needs": needs,
        "tags": row.tags[:MOST_TAGS],
        "others": others[:MOST_FACES],
        "shares": shares,
        # A line is never empty: without anything else it says how the conversation stands.
        "state_label": "" if needs else _state(row, alone=not shares),
    }


def _stamp(item: Mapping[str, Any]) -> str:
    """Return what differs when a row says something else; the hours that pass by themselves are left out."""
    needs = [need["kind"] for need in item["needs"]]
    said = [item[name] for name in ("at", "preview", "unread", "tags", "shares", "state_label")]
    return f"{crc32(repr([said, needs, item['contact'].name]).encode()):x}"


def _shares(row: Row, others: list[Named], actor: Actor) -> str:
    """Name who else works it: one in full, several by their first names, teams by theirs."""
    names = [others[0].name] if len(others) == 1 else [person.name.split()[0] for person in others]
    names += row.groups
    if len(names) == len(others) == 1 and len(row.people) > 1:
        return gettext("%(name)s takes part") % {"name": names[0].split()[0]}
    return ", ".join(names)


def _preview(row: Row, actor: Actor) -> str:
    said, author = row.preview or say_kind(row.preview_kind), row.last.author
    if row.last.direction != "out" or author is None or author.id == actor.person_id:
        return said
    return f"{author.name.split()[0]}: {said}"


def _needs(row: Row, *, at: datetime) -> list[dict[str, str]]:
    """Say what is owed: a call back; an answer, when there is little time until WhatsApp stops taking free text."""
    if row.status == "open" and row.channel == "phone" and row.waiting_since is not None:
        return [{"label": gettext("Call back"), "kind": "bad", "icon": "phone"}]
    if row.status != "open" or row.channel != "whatsapp" or row.waiting_since is None:
        return []
    left = (row.last_inbound_at or at) + WINDOW - at
    if left > WARN_BEFORE:
        return []
    if left <= timedelta(0):
        return [{"label": gettext("WhatsApp window closed"), "kind": "bad", "icon": "lock"}]
    kind = "orphan" if left <= HURRY_BEFORE else "warn"
    return [{"label": gettext("%(time)s left") % {"time": say_left(left)}, "kind": kind, "icon": "clock"}]


def _state(row: Row, *, alone: bool) -> str:
    if row.status == "snoozed" and row.snoozed_until is not None:
        until = formats.date_format(timezone.localtime(row.snoozed_until), "D j, H:i").lower()
        return gettext("Snoozed until %(moment)s") % {"moment": until}
    if not alone:
        return ""
    if row.status == "open" and row.waiting_since is None and row.last.direction == "out":
        return gettext("Waiting for the contact")
    return gettext("Closed") if row.status == "closed" else gettext("Waiting for an answer")


def _views(where: Where, actor: Actor) -> list[dict[str, Any]]:
    counts = count_inbox(where.inbox, actor=actor)
    labels: dict[View, str] = {
        "mine": gettext("Mine"),
        "unassigned": pgettext("conversations", "Unassigned"),
        "team": gettext("Team"),
        "mentions": gettext("Mentions"),
    }
    return [
        {
            "label": label,
            "url": where.url(view=view, shown=STEP, details=False),
            "count": counts[view],
            "hot": view == "unassigned",
            "icon": "at-sign" if view == "mentions" else "",
            "on": where.view == view,
        }
        for view, label in labels.items()
    ]
