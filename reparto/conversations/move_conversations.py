"""
Let the conversations of one contact be another's, and go back.

Of two that are not closed on one account the one that was quiet for longer is closed: a contact has one at a time. It
asks no permission and changes no assignee; only `assignment` calls it, under the desk's lock.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from .change_assignees import add_load
from .models import Conversation
from .queries import assignees_of, open_conversations_of


@dataclass(frozen=True, slots=True)
class Joined:
    """A conversation that was closed for another one goes on; as it was, so that it can be opened again."""

    closed_id: int
    into_id: int
    status: str
    snoozed_until: datetime | None
    waiting_since: datetime | None

    def freeze(self) -> dict[str, Any]:
        """Return it as it is kept."""
        until, since = self.snoozed_until, self.waiting_since
        return {
            "closed": self.closed_id,
            "into": self.into_id,
            "status": self.status,
            "snoozed_until": until.isoformat() if until else None,
            "waiting_since": since.isoformat() if since else None,
        }


def move_conversations(from_id: int, to_id: int, *, at: datetime) -> tuple[list[int], list[Joined]]:
    """Return which conversations went over, and which were closed because another goes on."""
    going = list(Conversation.objects.select_for_update().filter(contact_id=from_id).order_by("id"))
    here = {talk.account_id: talk for talk in open_conversations_of(to_id)}
    pairs = [(talk, here[talk.account_id]) for talk in going if talk.status != "closed" and talk.account_id in here]
    joined = [_join(*pair, at=at) for pair in pairs]
    ids = [talk.pk for talk in going]
    Conversation.objects.filter(pk__in=ids).update(contact_id=to_id, version=F("version") + 1)
    return ids, joined


def move_back(ids: Collection[int], joined: Collection[dict[str, Any]], *, from_id: int, to_id: int) -> list[int]:
    """Return the conversations that wait for an answer again, once all are as they were and nothing is in the way."""
    Conversation.objects.filter(pk__in=ids, contact_id=from_id).update(contact_id=to_id, version=F("version") + 1)
    rows = Conversation.objects.select_for_update().in_bulk([one["closed"] for one in joined])
    return [
        talk.pk
        for one in joined
        if (talk := rows.get(one["closed"])) is not None and _open_again(talk, one) and talk.waiting_since
    ]


def _join(one: Conversation, other: Conversation, *, at: datetime) -> Joined:
    older, newer = sorted((one, other), key=lambda talk: (talk.last_message_at, talk.pk))
    joined = Joined(older.pk, newer.pk, older.status, older.snoozed_until, older.waiting_since)
    waiting = [since for since in (older.waiting_since, newer.waiting_since) if since]
    newer.waiting_since = min(waiting, default=None)
    if older.status == "open":
        newer.status, newer.snoozed_until = "open", None
    newer.save(update_fields=["waiting_since", "status", "snoozed_until"])
    older.status, older.closed_at, older.snoozed_until, older.waiting_since = "closed", at, None, None
    older.save(update_fields=["status", "closed_at", "snoozed_until", "waiting_since"])
    add_load(older.organization_id, assignees_of([older.pk])[older.pk].person_ids, -older.effort)
    return joined


def _open_again(talk: Conversation, was: dict[str, Any]) -> bool:
    """A conversation that somebody opened again meanwhile stays; so does one beside which another is open."""
    others = [one for one in open_conversations_of(talk.contact_id) if one.account_id == talk.account_id]
    if talk.status != "closed" or others:
        return False
    talk.status, talk.closed_at = was["status"], None
    talk.snoozed_until = datetime.fromisoformat(was["snoozed_until"]) if was["snoozed_until"] else None
    talk.waiting_since = datetime.fromisoformat(was["waiting_since"]) if was["waiting_since"] else None
    talk.version += 1
    talk.save(update_fields=["status", "closed_at", "snoozed_until", "waiting_since", "version"])
    add_load(talk.organization_id, assignees_of([talk.pk])[talk.pk].person_ids, talk.effort)
    return True
