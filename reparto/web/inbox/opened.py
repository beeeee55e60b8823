"""
The open conversation and what the actor may do with it, read once for all its parts.

It shows nothing and changes nothing.
"""

from dataclasses import dataclass

from reparto.conversations.assigned import Assigned
from reparto.conversations.models import Conversation
from reparto.conversations.queries import assignees_of, find_conversation
from reparto.conversations.relation import relation_to
from reparto.people.actor import Actor
from reparto.people.permissions import check, may


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation that the actor sees."""

    talk: Conversation
    assigned: Assigned
    may_reply: bool
    may_close: bool
    may_assign: bool
    may_take: bool  #: nobody works it, and the actor may

    @property
    def has_nobody(self) -> bool:
        """Say whether nobody works it."""
        return not (self.assigned.person_ids or self.assigned.group_ids)


def open_conversation(conversation_id: int, *, actor: Actor) -> Opened:
    """
    Return a conversation with what the actor may do.

    Raises:
        UnknownConversation: None that the actor may see.
        NotAllowed: Their token or role does not include looking.

    """
    talk = find_conversation(conversation_id, actor=actor)
    return open_found(talk, assignees_of([talk.pk])[talk.pk], actor)


def open_found(talk: Conversation, assigned: Assigned, actor: Actor) -> Opened:
    """Return a conversation that the actor sees, read before, with what they may do. Raises NotAllowed."""
    relation = relation_to(talk, assigned, actor)
    check(actor, "conversation.view", relation)
    nobody = not (assigned.person_ids or assigned.group_ids)
    return Opened(
        talk=talk,
        assigned=assigned,
        may_reply=may(actor, "conversation.reply", relation),
        may_close=may(actor, "conversation.close", relation),
        may_assign=may(actor, "conversation.assign", relation),
        may_take=nobody and may(actor, "conversation.take", relation),
    )
