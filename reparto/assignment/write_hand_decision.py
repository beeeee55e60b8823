"""
Write the decision that a person made: whoever acts by hand leaves the same kind of entry.

It changes nothing else, and must run under the desk's lock.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .models import Decision


@dataclass(frozen=True, slots=True)
class ByHand:
    """What was decided, by whom, and what was before, so that it can be put back."""

    contact_id: int
    owner_id: int | None
    person_ids: Sequence[int]
    actor_id: int | None
    conversation_id: int | None = None
    group_ids: Sequence[int] = ()
    route: str = "manual"
    reason: str = "by_hand"
    undoes: int | None = None
    before: dict[str, Any] = field(default_factory=dict)


def write_hand_decision(organization_id: int, by_hand: ByHand, *, at: datetime) -> Decision:
    """Store it and return it."""
    decision = hand_decision(organization_id, by_hand, at=at)
    decision.save(force_insert=True)
    return decision


def hand_decision(organization_id: int, by_hand: ByHand, *, at: datetime) -> Decision:
    """Return it, not stored yet; nobody chosen means that somebody was taken away."""
    chosen = by_hand.person_ids or by_hand.group_ids
    reason = "undone" if by_hand.undoes else by_hand.reason
    return Decision(
        organization_id=organization_id,
        at=at,
        contact_id=by_hand.contact_id,
        conversation_id=by_hand.conversation_id,
        outcome="assigned" if chosen else "unassigned",
        route=by_hand.route,
        owner_id=by_hand.owner_id,
        person_ids=list(by_hand.person_ids),
        group_ids=list(by_hand.group_ids),
        actor_id=by_hand.actor_id,
        undoes=by_hand.undoes,
        reason=reason,
        trace={
            "steps": [],
            "candidates": [
                {"person_id": person, "verdict": "chosen", "reason": by_hand.reason} for person in by_hand.person_ids
            ],
            "before": by_hand.before,
        },
    )
