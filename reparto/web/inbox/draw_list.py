"""
The rows of the inbox as `components/conversation_item.html` draws them.

Whatever a row says was read before, for all rows at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext, pgettext

from reparto.contacts.queries import gather_tags, tag_rows
from reparto.conversations.count_inbox import count_inbox
from reparto.conversations.list_inbox import Row, draw_rows, inbox_talks, last_word_rows
from reparto.conversations.models import Conversation
from reparto.conversations.queries import assignee_rows
from reparto.conversations.send_reply import WINDOW
from reparto.kit.models import Organization
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


@dataclass(frozen=True, slots=True)
class ListAsked:
    """What the list asks, before anything of it is read (`read_together`)."""

    talks: QuerySet[Conversation]
    counts: QuerySet[Organization, dict[str, int]]

    @property
    def all(self) -> tuple[QuerySet[Any, Any], ...]:
        """All of it."""
        return self.talks, self.counts


@dataclass(frozen=True, slots=True)
class RowsAsked:
    """What the rows of the list ask beside their conversations."""

    assignees: QuerySet[Any, Any]
    words: QuerySet[Any, Any]
    tags: QuerySet[Any, Any]

    @property
    def all(self) -> tuple[QuerySet[Any, Any], ...]:
        """All of it."""
        return self.assignees, self.words, self.tags


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody as a row names them."""

    id: int
    name: str


def ask_list(where: Where, visible: QuerySet[Conversation], actor: Actor) -> ListAsked:
    """Return what the list asks of the conversations that the actor may see."""
    return ListAsked(
        talks=inbox_talks(where.inbox, visible, actor=actor, limit=where.shown + 1),
        counts=count_inbox(where.inbox, visible, actor=actor),
    )


def ask_rows(asked: ListAsked, where: Where, actor: Actor) -> RowsAsked:
    """Return what its rows ask, once the list knows which they are."""
    talks = asked.talks[: where.shown]
    ids = [talk.pk for talk in talks]
    tags = tag_rows(talk.contact_id for talk in talks).values_list("contact_id", "tag__name")
    return RowsAsked(assignee_rows(ids), last_word_rows(ids, person_id=actor.person_id), tags)


def draw_list(
    where: Where, asked: ListAsked, beside: RowsAsked, actor: Actor, *, at: datetime, current: int | None = None
) -> dict[str, Any]:
    """Return what `inbox/list.html` needs: the rows, the tabs with their counts."""
    rows = draw_rows(asked.talks[: where.shown], beside.assignees, beside.words)
    tags = gather_tags(beside.tags)
    items = [_item(row, where, actor, at=at, tags=tags.get(row.talk.contact_id, [])) for row in rows]
    for item in items:
        # What is open is being read.
        item["unread"] = 0 if item["id"] == current else item["unread"]
        item["stamp"] = _stamp(item)
    return {
        "items": items,
        "current": current,
        "views": _views(where, asked.counts[0]),
        "more_url": where.url(current, shown=where.shown + STEP) if len(asked.talks) > where.shown else "",
        "list_url": where.part("inbox_list") + _open(where, current),
        "where": where,
    }


def _open(where: Where, current: int | None) -> str:
    """The open conversation stays marked in what is fetched again."""
    if current is None:
        return ""
    return f"{'&' if where.query else '?'}open={current}"


def _item(row: Row, where: Where, actor: Actor, *, at: datetime, tags: list[str]) -> dict[str, Any]:
    talk = row.talk
    needs = _needs(talk, at=at)
    others = [Face(pk, name) for pk, name in row.assigned.people.items() if pk != actor.person_id]
    shares = _shares(row, others, actor)
    return {
        "id": talk.pk,
        "url": where.url(talk.pk),
        "why_url": reverse("conversation_why", args=[talk.pk]),
        "contact": talk.contact,
        "channel": talk.account.kind,
        "at": talk.last_message_at,
        "preview": _preview(row, actor),
        "ours": row.last.direction == "out" and row.last.author_id == actor.person_id,
        "unread": row.last.unread,
        "needs": needs,
        "tags": tags[:MOST_TAGS],
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


def _shares(row: Row, others: list[Face], actor: Actor) -> str:
    """Name who else works it: one in full, several by their first names, teams by theirs."""
    names = [others[0].name] if len(others) == 1 else [person.name.split()[0] for person in others]
    names += row.assigned.groups.values()
    if len(names) == len(others) == 1 and actor.person_id in row.assigned.person_ids:
        return gettext("%(name)s takes part") % {"name": names[0].split()[0]}
    return ", ".join(names)


def _preview(row: Row, actor: Actor) -> str:
    said = row.talk.preview or say_kind(row.talk.preview_kind)
    last = row.last
    if last.direction != "out" or last.author_id is None or last.author_id == actor.person_id:
        return said
    return f"{last.author_name.split()[0]}: {said}"


def _needs(talk: Conversation, *, at: datetime) -> list[dict[str, str]]:
    """Say what is owed: a call back; an answer, when there is little time until WhatsApp stops taking free text."""
    if talk.status == "open" and talk.account.kind == "phone" and talk.waiting_since is not None:
        return [{"label": gettext("Call back"), "kind": "bad", "icon": "phone"}]
    if talk.status != "open" or talk.account.kind != "whatsapp" or talk.waiting_since is None:
        return []
    left = (talk.last_inbound_at or at) + WINDOW - at
    if left > WARN_BEFORE:
        return []
    if left <= timedelta(0):
        return [{"label": gettext("WhatsApp window closed"), "kind": "bad", "icon": "lock"}]
    kind = "orphan" if left <= HURRY_BEFORE else "warn"
    return [{"label": gettext("%(time)s left") % {"time": say_left(left)}, "kind": kind, "icon": "clock"}]


def _state(row: Row, *, alone: bool) -> str:
    talk = row.talk
    if talk.status == "snoozed" and talk.snoozed_until is not None:
        until = formats.date_format(timezone.localtime(talk.snoozed_until), "D j, H:i").lower()
        return gettext("Snoozed until %(moment)s") % {"moment": until}
    if not alone:
        return ""
    if talk.status == "open" and talk.waiting_since is None and row.last.direction == "out":
        return gettext("Waiting for the contact")
    return gettext("Closed") if talk.status == "closed" else gettext("Waiting for an answer")


def _views(where: Where, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    labels = {"mine": gettext("Mine"), "unassigned": pgettext("conversations", "Unassigned"), "team": gettext("Team")}
    labels["mentions"] = gettext("Mentions")
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
