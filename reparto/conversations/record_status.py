"""
Record who closed, put off or reopened a conversation.

What happens by itself (its time has come, the contact writes) is nobody's act and is not recorded here.
"""

from datetime import datetime

from reparto.kit.audit import record_audit
from reparto.people.actor import Actor

from .models import Conversation

#: The action of these entries.
ACTION = "conversation.status"


def record_status(talk: Conversation, former: str, *, actor: Actor, at: datetime) -> None:
    """Record how a conversation stands after an act, and how before; what changed nothing is no act."""
    if talk.status == former != "snoozed":
        return
    until = {"until": talk.snoozed_until.isoformat()} if talk.snoozed_until else {}
    record_audit(
        actor.person_id,
        ACTION,
        object_kind="conversation",
        object_id=talk.pk,
        before={"status": former},
        after={"status": talk.status} | until,
        at=at,
    )
