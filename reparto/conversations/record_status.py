"""
Record who closed, put off or reopened a conversation, and how it stood before, so that it can be put back.

What happens by itself (its time has come, the contact writes) is nobody's act and is not recorded here.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from reparto.kit.audit import record_audit
from reparto.kit.read_audit import read_audit
from reparto.people.actor import Actor

from .models import Conversation

#: The action of these entries.
ACTION = "conversation.status"


class ChangedSince(Exception):
    """What would be put back is not as the actor left it."""


def standing_of(talk: Conversation) -> dict[str, Any]:
    """Return how a conversation stands, as an entry keeps it: of the instants those that there are."""
    moments = {"until": talk.snoozed_until, "waiting_since": talk.waiting_since}
    return {"status": talk.status} | {name: moment.isoformat() for name, moment in moments.items() if moment}


def record_status(talk: Conversation, former: Mapping[str, Any], *, actor: Actor, at: datetime) -> None:
    """Record how a conversation stands after an act, and how before; what changed nothing is no act."""
    if talk.status == former["status"] != "snoozed":
        return
    record_audit(
        actor.person_id,
        ACTION,
        object_kind="conversation",
        object_id=talk.pk,
        before=former,
        after=standing_of(talk),
        at=at,
    )


def former_standing(talk: Conversation, actor: Actor) -> Mapping[str, Any]:
    """Return how it stood before the actor's own act, which is the last. Raises ChangedSince."""
    last = read_audit("conversation", [talk.pk]).filter(action=ACTION).first()
    if last is None or last.actor_id != actor.person_id or last.after != standing_of(talk):
        raise ChangedSince(f"Conversation {talk.pk} is not as person {actor.person_id} left it.")
    return last.before or {}
