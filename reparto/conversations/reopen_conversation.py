"""
Reopen a conversation that was closed or snoozed: it is with whoever had it.

A contact has one open conversation an account; while another is open this one stays closed. Only `assignment` calls
it, which looks after those who cannot work it any more.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from reparto.kit.live import publish
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .change_assignees import add_load
from .models import Conversation
from .queries import assignees_of, find_conversation, lock_conversation, open_conversations_of
from .record_status import former_standing, record_status, standing_of
from .relation import relation_to


class AnotherIsOpen(Exception):
    """The contact has another open conversation on this account."""


def reopen_conversation(conversation_id: int, *, actor: Actor, at: datetime, as_before: bool = False) -> Conversation:
    """
    Reopen a conversation that the actor may close; or, `as_before`, undo what they did: it waits as it did then.

    Raises:
        UnknownConversation: None that the actor may see.
        NotAllowed: Theirs to see, not to reopen.
        AnotherIsOpen: The contact goes on in another one.
        ChangedSince: Not as they left it, so there is nothing to undo.

    """
    seen = find_conversation(conversation_id, actor=actor)
    assigned = assignees_of([seen.pk])[seen.pk]
    check(actor, "conversation.close", relation_to(seen, assigned, actor))
    others = [talk for talk in open_conversations_of(seen.contact_id) if talk.account_id == seen.account_id]
    talk = lock_conversation(conversation_id)
    if talk.status == "closed" and others:
        raise AnotherIsOpen(f"Conversation {others[0].pk} of this contact is open; go on there.")
    before = former_standing(talk, actor) if as_before else {}
    if talk.status == "closed":
        add_load(actor.organization_id, assigned.person_ids, talk.effort)
    former = standing_of(talk)
    talk.status, talk.closed_at, talk.snoozed_until = "open", None, None
    _stand(talk, before, at=at)
    talk.version += 1
    talk.save(update_fields=["status", "closed_at", "snoozed_until", "waiting_since", "version"])
    record_status(talk, former, actor=actor, at=at)
    publish(actor.organization_id, "conversations", [talk.pk])
    return talk


def _stand(talk: Conversation, before: Mapping[str, Any], *, at: datetime) -> None:
    """Let it wait as it did before: for an answer, and for the moment to which it was put off, unless that is over."""
    if since := before.get("waiting_since"):
        talk.waiting_since = datetime.fromisoformat(since)
    if (until := before.get("until")) and datetime.fromisoformat(until) > at:
        talk.status, talk.snoozed_until = "snoozed", datetime.fromisoformat(until)
