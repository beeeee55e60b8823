"""
Call back: it is on record, nothing waits to be called back any more, and an agent owns by it what nobody had.

It rings nobody: the browser dials.
"""

from dataclasses import dataclass
from datetime import datetime

from reparto.contacts.models import FollowUp
from reparto.contacts.queries import find_contact
from reparto.contacts.record_follow_up import FollowUpDraft, record_follow_up
from reparto.contacts.relation import relation_to
from reparto.conversations.find_missed_calls import settle_missed_calls
from reparto.people.actor import Actor
from reparto.people.permissions import check, may

from .assign_by_hand import assign_by_hand
from .lock_desk import lock_desk
from .models import Decision


@dataclass(frozen=True, slots=True)
class CalledBack:
    """What calling back wrote."""

    follow_up: FollowUp
    taken: Decision | None  #: the actor took it by that


def call_back(contact_id: int, *, actor: Actor, at: datetime, note: str = "") -> CalledBack:
    """
    Record that the actor calls a contact back.

    Raises:
        UnknownContact: None that the actor may see.
        NotAllowed: Somebody else's.
        AlreadyOwned: Nobody had it, and another was first.

    """
    # First of all, so that of two who call back at once the second sees who has it.
    lock_desk(actor.organization_id)
    relation = relation_to(find_contact(contact_id, actor=actor), actor)
    check(actor, "contact.call_back", relation)
    taken = None
    if not may(actor, "contact.follow_up", relation):
        taken = assign_by_hand(contact_id, owner_id=actor.person_id, actor=actor, at=at)
    follow_up = record_follow_up(contact_id, FollowUpDraft("call", note), actor=actor, at=at)
    settle_missed_calls(actor.organization_id, contact_id)
    return CalledBack(follow_up, taken)
