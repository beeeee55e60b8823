"""
Put a conversation off until an instant, or until the contact writes.

It stays with its people and is no load of theirs until it comes back (`wake_snoozed`).
"""

from datetime import datetime

from reparto.kit.live import publish
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .models import Conversation
from .queries import assignees_of, find_conversation, lock_conversation
from .record_status import record_status, standing_of
from .relation import relation_to


class NotOpen(Exception):
    """Only an open conversation can be put off, and only to later."""


def snooze_conversation(conversation_id: int, *, until: datetime, actor: Actor, at: datetime) -> Conversation:
    """
    Snooze an open conversation that the actor may close.

    Raises:
        UnknownConversation: None that the actor may see.
        NotAllowed: Theirs to see, not to snooze.
        NotOpen: It is closed, or the instant has passed.

    """
    seen = find_conversation(conversation_id, actor=actor)
    check(actor, "conversation.close", relation_to(seen, assignees_of([seen.pk])[seen.pk], actor))
    talk = lock_conversation(conversation_id)
    if talk.status == "closed" or until <= at:
        raise NotOpen(f"Conversation {talk.pk} is {talk.status}; it can be put off only while open, and to later.")
    former = standing_of(talk)
    talk.status, talk.snoozed_until = "snoozed", until
    talk.version += 1
    talk.save(update_fields=["status", "snoozed_until", "version"])
    record_status(talk, former, actor=actor, at=at)
    publish(actor.organization_id, "conversations", [talk.pk])
    return talk
