"""
Put back what a decision by hand changed, while nothing else has changed since.

Both entries stay: undoing is a decision of its own.
"""

from datetime import datetime, timedelta

from reparto.contacts.queries import find_contact, lock_contact
from reparto.kit.live import publish_all
from reparto.notifications.withdraw_notices import withdraw_notices
from reparto.people.actor import Actor
from reparto.people.permissions import NotAllowed

from .assign_conversation import Chosen, put_back
from .change_owner import OwnerChange, change_owner
from .lock_desk import lock_desk
from .models import Decision
from .queries import find_decision

#: The toast shows 8 s; the rest is for the network and slow hands.
UNDO_WITHIN = timedelta(seconds=60)


class CannotUndo(Exception):
    """Too late, or something changed since; `code` says which: too_late, changed_since, not_by_hand."""

    def __init__(self, code: str) -> None:
        super().__init__(f"The decision cannot be undone: {code}.")
        self.code = code


def undo_decision(decision_id: int, *, actor: Actor, at: datetime) -> Decision:
    """
    Restore what was before a decision of the actor's own.

    Raises:
        UnknownDecision, UnknownContact: None such here, or about a contact that the actor may not see.
        NotAllowed: Somebody else's.
        CannotUndo: With the code of the reason.

    """
    lock_desk(actor.organization_id)
    decision = find_decision(decision_id)
    if decision.actor_id != actor.person_id:
        find_contact(decision.contact_id, actor=actor)
        raise NotAllowed("decision.undo")
    # A merge is taken back as a whole (`undo_merge`).
    if decision.route != "manual" or decision.undoes or decision.reason == "merged":
        raise CannotUndo("not_by_hand")
    if at - decision.at > UNDO_WITHIN:
        raise CannotUndo("too_late")
    withdraw_notices(decision.pk)
    undone = (
        _undo_conversation(decision, actor, at=at)
        if decision.conversation_id
        else put_owner_back(decision, actor, at=at)
    )
    publish_all(actor.organization_id, {"contacts": (decision.contact_id,), "conversations": (), "notifications": ()})
    return undone


def put_owner_back(decision: Decision, actor: Actor, *, at: datetime) -> Decision:
    """Restore the owner before a decision. The caller holds the desk. Raises CannotUndo when it changed since."""
    contact = lock_contact(decision.contact_id)
    if contact.owner_id != decision.owner_id:
        raise CannotUndo("changed_since")
    before = decision.trace["before"]
    change = OwnerChange(
        contact=contact,
        owner_id=before["owner_id"],
        route=decision.route or "manual",
        actor_id=actor.person_id,
        undoes=decision.pk,
        former=before["assignees"],
    )
    return change_owner(actor.organization_id, change, at=at)


def _undo_conversation(decision: Decision, actor: Actor, *, at: datetime) -> Decision:
    before = decision.trace["before"]
    restored = Chosen(tuple(before["person_ids"]), tuple(before["group_ids"]))
    undone = put_back(decision, restored, actor=actor, at=at)
    if undone is None:
        raise CannotUndo("changed_since")
    return undone
