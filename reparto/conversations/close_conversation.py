"""
Close a conversation: nothing more to do, and its people have room again.

It must not touch who works it: reopened, it is theirs.
"""

from datetime import datetime

from reparto.kit.live import publish
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .change_assignees import add_load
from .models import Conversation
from .queries import assignees_of, find_conversation, lock_conversation
from .record_status import record_status, standing_of
from .relation import relation_to


def close_conversation(conversation_id: int, *, actor: Actor, at: datetime) -> Conversation:
    """
    Close a conversation that the actor may close; one that is closed stays as it is.

    Raises:
        UnknownConversation: None that the actor may see.
        NotAllowed: Theirs to see, not to close.

    """
    seen = find_conversation(conversation_id, actor=actor)
    check(actor, "conversation.close", relation_to(seen, assignees_of([seen.pk])[seen.pk], actor))
    talk = lock_conversation(conversation_id)
    if talk.status == "closed":
        return talk
    former = standing_of(talk)
    talk.status, talk.closed_at, talk.snoozed_until, talk.waiting_since = "closed", at, None, None
    talk.version += 1
    talk.save(update_fields=["status", "closed_at", "snoozed_until", "waiting_since", "version"])
    add_load(actor.organization_id, assignees_of([talk.pk])[talk.pk].person_ids, -talk.effort)
    record_status(talk, former, actor=actor, at=at)
    publish(actor.organization_id, "conversations", [talk.pk])
    return talk
