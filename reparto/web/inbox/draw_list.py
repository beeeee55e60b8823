"""
The rows of the inbox as `components/conversation_item.html` draws them.

Whatever a row says was read before, for all rows at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext, pgettext

from reparto.channels.models import Account
from reparto.channels.queries import all_accounts
from reparto.contacts.queries import tags_of
from reparto.conversations.count_inbox import count_inbox
from reparto.conversations.list_inbox import STATUSES, Row, list_inbox
from reparto.conversations.models import Conversation
from reparto.conversations.send_reply import WINDOW
from reparto.people.actor import Actor
from reparto.people.models import Person
from reparto.people.queries import find_people

from .say_kind import say_kind
from .say_left import say_left
from .where import STEP, Where

#: From here on a row warns that the WhatsApp window closes.
WARN_BEFORE = timedelta(hours=2)
HURRY_BEFORE = timedelta(minutes=30)
#: Faces and tags that a row has room for.
MOST_FACES = 2
MOST_TAGS = 2


def draw_list(where: Where, actor: Actor, *, at: datetime, current: int | None = None) -> dict[str, Any]:
    """Return what `inbox/list.html` needs: the rows, the tabs with their counts, the filters."""
    rows = list_inbox(where.inbox, actor=actor, limit=where.shown + 1)
    shown = rows[: where.shown]
    people = {person.pk: person for person in find_people(_named(shown))}
    tags = tags_of([row.talk.contact_id for row in shown])
    accounts = list(all_accounts())
    return {
        "items": [_item(row, where, actor, at=at, people=people, tags=tags) for row in shown],
        "current": current,
        "views": _views(where, actor),
        "filters": _filters(where, accounts),
        "chips": _chips(where, accounts),
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


def _item(
    row: Row,
    where: Where,
    actor: Actor,
    *,
    at: datetime,
    people: Mapping[int, Person],
    tags: Mapping[int, Sequence[str]],
) -> dict[str, Any]:
    talk = row.talk
    others = [people[one] for one in row.assigned.person_ids if one != actor.person_id and one in people]
    needs = _needs(talk, at=at)
    state = "" if needs else _state(row)
    return {
        "id": talk.pk,
        "url": where.url(talk.pk),
        "contact": talk.contact,
        "channel": talk.account.kind,
        "at": talk.last_message_at,
        "preview": _preview(row, actor, people),
        "ours": row.last.direction == "out" and row.last.author_id == actor.person_id,
        "unread": row.last.unanswered,
        "needs": needs,
        "tags": tags.get(talk.contact_id, [])[:MOST_TAGS],
        "others": others[:MOST_FACES],
        "state_label": state,
    }


def _preview(row: Row, actor: Actor, people: Mapping[int, Person]) -> str:
    said = row.talk.preview or say_kind(row.talk.preview_kind)
    author = people.get(row.last.author_id or 0)
    if row.last.direction != "out" or author is None or author.pk == actor.person_id:
        return said
    return f"{author.name.split()[0]}: {said}"


def _needs(talk: Conversation, *, at: datetime) -> list[dict[str, str]]:
    """Say when WhatsApp stops taking free text, where an answer is still owed and there is little time."""
    if talk.status != "open" or talk.account.kind != "whatsapp" or talk.waiting_since is None:
        return []
    left = (talk.last_inbound_at or at) + WINDOW - at
    if left > WARN_BEFORE:
        return []
    if left <= timedelta(0):
        return [{"label": gettext("WhatsApp window closed"), "kind": "bad", "icon": "lock"}]
    kind = "orphan" if left <= HURRY_BEFORE else "warn"
    return [{"label": gettext("%(time)s left") % {"time": say_left(left)}, "kind": kind, "icon": "clock"}]


def _state(row: Row) -> str:
    talk = row.talk
    if talk.status == "snoozed" and talk.snoozed_until is not None:
        until = formats.date_format(timezone.localtime(talk.snoozed_until), "D j, H:i").lower()
        return gettext("Snoozed until %(moment)s") % {"moment": until}
    if talk.status == "open" and talk.waiting_since is None and row.last.direction == "out":
        return gettext("Waiting for the contact")
    return ""


def _views(where: Where, actor: Actor) -> list[dict[str, Any]]:
    counts = count_inbox(where.inbox, actor=actor)
    labels = {"mine": gettext("Mine"), "unassigned": pgettext("conversations", "Unassigned"), "team": gettext("Team")}
    return [
        {
            "label": label,
            "url": where.url(view=view, shown=STEP, details=False),
            "count": counts[view],  # type: ignore[index]
            "hot": view == "unassigned",
            "on": where.view == view,
        }
        for view, label in labels.items()
    ]


def _status_names() -> dict[str, str]:
    return {"open": gettext("Open"), "snoozed": gettext("Snoozed"), "closed": gettext("Closed")}


def _filters(where: Where, accounts: Iterable[Account]) -> dict[str, list[dict[str, Any]]]:
    names = _status_names()
    of_account = [(None, gettext("All accounts"), ""), *((one.pk, one.name, one.kind) for one in accounts)]
    return {
        "statuses": [
            {"label": names[one], "url": where.url(status=one, shown=STEP), "on": where.status == one}
            for one in STATUSES
        ],
        "accounts": [
            {"label": name, "url": where.url(account=pk, shown=STEP), "on": where.account == pk, "channel": kind}
            for pk, name, kind in of_account
        ],
    }


def _chips(where: Where, accounts: Iterable[Account]) -> list[dict[str, str]]:
    """The filters that are set, each with the address without it."""
    chips = []
    if where.status != "open":
        said = _status_names()[where.status]
        chips.append({"field": gettext("State is"), "value": said, "remove_url": where.url(status="open")})
    if where.account is not None:
        name = next((one.name for one in accounts if one.pk == where.account), "?")
        chips.append({"field": gettext("Account"), "value": name, "remove_url": where.url(account=None)})
    return chips
