"""
Keep a conversation as unread for one person, to come back to it.

It changes nothing for anybody else.
"""

from reparto.people.actor import Actor

from .models import Look, Message
from .queries import find_conversation


def mark_unread(conversation_id: int, *, actor: Actor) -> None:
    """
    Let the last message of the contact, and what came after it, be unread for the actor.

    Raises:
        UnknownConversation: None that the actor may see.

    """
    talk = find_conversation(conversation_id, actor=actor)
    last = Message.objects.filter(conversation_id=talk.pk, direction="in").order_by("-id").values_list("pk", flat=True)
    Look.objects.update_or_create(
        organization_id=actor.organization_id,
        conversation_id=talk.pk,
        person_id=actor.person_id,
        defaults={"seen_id": (last.first() or 0) - 1},
    )
