"""
The rows of the inbox as `components/conversation_item.html` draws them.

Whatever a row says was read before, for all rows at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext, pgettext

from reparto.contacts.queries import tags_of
from reparto.conversations.count_inbox import count_inbox
from reparto.conversations.list_inbox import Row, list_inbox
from reparto.conversations.models import Conversation
from reparto.conversations.send_reply import WINDOW
from reparto.people.actor import Actor
from reparto.people.models import Person
from reparto.people.queries import find_groups, find_people

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
class Known:
    """What the rows name, read for all at once."""

    people: Mapping[int, Person]
    groups: Mapping[int, str]
    tags: Mapping[int, list[str]]


def draw_list(
    where: Where, visible: QuerySet[Conversation], actor: Actor, *, at: datetime, current: int | None = None
) -> dict[str, Any]:
    """Return what `inbox/list.html` needs: the rows out of those that the actor may see, the tabs with their counts."""
    rows = list_inbox(where.inbox, visible, actor=actor, limit=where.shown + 1)
    shown = rows[: where.shown]
    teams = {group for row in shown for group in row.assigned.group_ids}
    people = _named(shown) - {actor.person_id}
    known = Known(
        people={person.pk: person for person in find_people(people)} if people else {},
        groups={group.pk: group.name for group in find_groups(teams)} if teams else {},
        tags=tags_of([row.talk.contact_id for row in shown]),
    )
    items = [_item(row, where, actor, at=at, known=known) for row in shown]
    for item in items:
        # What is open is being read.
        item["unread"] = 0 if item["id"] == current else item["unread"]
        item["stamp"] = _stamp(item)
    return {
        "items": items,
        "current": current,
        "views": _views(where, visible, actor),
        "more_url": where.url(current, shown=where.shown + STEP) if len(rows) > where.shown else "",
        "list_url": where.part("inbox_list") + _open(where, current),
        "where": where,
    }


def _open(where: Where, current: int | None) -> str:
    """The open conversation stays marked in what is fetched again."""
    if current is None:
        return ""
    return f"{'&' if where.query else '?'}open={current}"


def _named(rows: Iterable[Row]) -> set[int]:
    named = {person for row in rows for person in row.assigned.person_ids}
    return named | {row.last.author_id for row in rows if row.last.author_id is not None}


def _item(row: Row, where: Where, actor: Actor, *, at: datetime, known: Known) -> dict[str, Any]:
    talk = row.talk
    needs, tags = _needs(talk, at=at), known.tags.get(talk.contact_id, [])[:MOST_TAGS]
    others = [known.people[one] for one in row.assigned.person_ids if one != actor.person_id and one in known.people]
    shares = _shares(row, others, actor, known)
    return {
        "id": talk.pk,
        "url": where.url(talk.pk),
        "why_url": reverse("conversation_why", args=[talk.pk]),
        "contact": talk.contact,
        "channel": talk.account.kind,
        "at": talk.last_message_at,
        "preview": _preview(row, actor, known.people),
        "ours": row.last.direction == "out" and row.last.author_id == actor.person_id,
        "unread": row.last.unread,
        "needs": needs,
        "tags": tags,
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


def _shares(row: Row, others: list[Person], actor: Actor, known: Known) -> str:
    """Name who else works it: one in full, several by their first names, teams by theirs."""
    names = [others[0].name] if len(others) == 1 else [person.name.split()[0] for person in others]
    names += [known.groups[one] for one in row.assigned.group_ids if one in known.groups]
    if len(names) == len(others) == 1 and actor.person_id in row.assigned.person_ids:
        return gettext("%(name)s takes part") % {"name": names[0].split()[0]}
    return ", ".join(names)


def _preview(row: Row, actor: Actor, people: Mapping[int, Person]) -> str:
    said = row.talk.preview or say_kind(row.talk.preview_kind)
    author = people.get(row.last.author_id or 0)
    if row.last.direction != "out" or author is None or author.pk == actor.person_id:
        return said
    return f"{author.name.split()[0]}: {said}"


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


def _views(where: Where, visible: QuerySet[Conversation], actor: Actor) -> list[dict[str, Any]]:
    counts = count_inbox(where.inbox, visible, actor=actor)
    labels = {"mine": gettext("Mine"), "unassigned": pgettext("conversations", "Unassigned"), "team": gettext("Team")}
    labels["mentions"] = gettext("Mentions")
    return [
        {
            "label": label,
            "url": where.url(view=view, shown=STEP, details=False),
            "count": counts[view],  # type: ignore[index]
            "hot": view == "unassigned",
            "icon": "at-sign" if view == "mentions" else "",
            "on": where.view == view,
        }
        for view, label in labels.items()
    ]
