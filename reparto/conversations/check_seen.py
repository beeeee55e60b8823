"""
Refuse an answer over one that its author has not seen: a colleague was faster.

It asks no permission: whoever calls it has found the conversation for the actor.
"""

from reparto.people.actor import Actor

from .models import Message
from .queries import newer_reply


class AnsweredMeanwhile(Exception):
    """A colleague has answered since; `message` is what they said."""

    def __init__(self, message: Message) -> None:
        super().__init__(f"Message {message.pk} answers meanwhile.")
        self.message = message


def check_seen(conversation_id: int, seen: int, *, actor: Actor) -> None:
    """Raise AnsweredMeanwhile when a colleague has answered in public after the message that the actor saw last."""
    newer = newer_reply(conversation_id, seen, actor=actor)
    if newer is not None:
        raise AnsweredMeanwhile(newer)
