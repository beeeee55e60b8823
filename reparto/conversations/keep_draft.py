"""
Keep what a person has begun to write, so that it is there after a reload and on another device.

It sends nothing and nobody else sees it. Their words stay theirs when the conversation goes out of their sight; they
are kept whole, also more than can leave in one message.
"""

from datetime import datetime

from reparto.people.actor import Actor

from .models import Draft
from .queries import find_draft
from .send_reply import Reply


def keep_draft(conversation_id: int, draft: Reply, *, actor: Actor, at: datetime) -> None:
    """
    Keep a draft in place of the former one; an empty one is forgotten.

    Raises:
        UnknownConversation: None that the actor may see, or has begun to write in.

    """
    find_draft(conversation_id, actor=actor)
    if not draft.text:
        return forget_draft(conversation_id, actor=actor)
    Draft.objects.update_or_create(
        organization_id=actor.organization_id,
        conversation_id=conversation_id,
        person_id=actor.person_id,
        defaults={"text": draft.text, "private": draft.private, "updated_at": at},
    )
    return None


def forget_draft(conversation_id: int, *, actor: Actor) -> None:
    """Forget what the actor had begun to write: it was sent, or they took it back."""
    Draft.objects.filter(conversation_id=conversation_id, person_id=actor.person_id).delete()
