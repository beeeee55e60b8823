"""
Find a decision for whoever may see what it is about: its conversation, or its contact or what that became.

It says nothing of a decision about anything else.
"""

from reparto.contacts.find_merge import follow_merges
from reparto.contacts.models import Contact
from reparto.conversations.queries import UnknownConversation, find_conversation
from reparto.people.actor import Actor

from .models import Decision
from .queries import find_decision


def see_decision(decision_id: int, *, actor: Actor) -> tuple[Decision, Contact]:
    """
    Return a decision and the contact that it is about, as that is now.

    Raises:
        UnknownDecision, UnknownContact: None such here, or about something that the actor may not see.

    """
    decision = find_decision(decision_id)
    if decision.conversation_id is not None:
        try:
            return decision, find_conversation(decision.conversation_id, actor=actor).contact
        except UnknownConversation:
            pass
    return decision, follow_merges(decision.contact_id, actor=actor)
