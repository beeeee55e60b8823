"""
Change who works a conversation in the name of the system, after somebody was suspended: decision and assignees.

It finds no heir and tells nobody; whoever calls it holds the desk and the conversation.
"""

from collections.abc import Sequence
from datetime import datetime

from reparto.conversations.assigned import Assigned
from reparto.conversations.change_assignees import Change, change_assignees
from reparto.conversations.models import Conversation

from .models import Decision
from .write_hand_decision import ByHand, write_hand_decision

ROUTE, REASON = "bulk", "handed_over"


def change_by_system(
    talk: Conversation, there: Assigned, change: Change, *, person_ids: Sequence[int], at: datetime
) -> Decision:
    """Record that these people work it from now on, where `there` did, and make the change so."""
    by_hand = ByHand(
        contact_id=talk.contact_id,
        owner_id=talk.contact.owner_id,
        person_ids=list(person_ids),
        actor_id=None,
        conversation_id=talk.pk,
        group_ids=there.group_ids,
        route=ROUTE,
        reason=REASON,
        before={"person_ids": list(there.person_ids), "group_ids": list(there.group_ids)},
    )
    decision = write_hand_decision(talk.organization_id, by_hand, at=at)
    change_assignees(talk.organization_id, change, route=ROUTE, decision_id=decision.pk, at=at)
    return decision
