"""
Put back what a decision by hand changed, while nothing else has changed since.

Both entries stay: undoing is a decision of its own.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from reparto.contacts.models import Contact
from reparto.contacts.queries import find_contact, lock_contact
from reparto.contacts.relation import relation_to
from reparto.kit.live import publish_all
from reparto.notifications.withdraw_notices import withdraw_notices
from reparto.people.actor import Actor
from reparto.people.permissions import NotAllowed, Relation, check
from reparto.people.queries import UnknownPerson, find_people

from .assign_by_hand import check_recipient
from .assign_conversation import Chosen, put_back
from .change_owner import OwnerChange, change_owner
from .lock_desk import lock_desk
from .models import Decision
from .queries import find_decision

#: The toast shows 8 s; the rest is for the network and slow hands.
UNDO_WITHIN = timedelta(seconds=60)


class CannotUndo(Exception):
    """It cannot be taken back; `code` says why: too_late, changed_since, not_by_hand, former_suspended."""

    def __init__(self, code: str) -> None:
        super().__init__(f"The decision cannot be undone: {code}.")
        self.code = code


def undo_decision(decision_id: int, *, actor: Actor, at: datetime) -> Decision:
    """
    Restore what was before a decision of the actor's own.

    Raises:
        UnknownDecision, UnknownContact: None such here, or about a contact that the actor may not see.
        NotAllowed: Somebody else's, or the actor could not do it by hand now.
        CannotUndo: With the code of the reason.

    """
    decision = find_decision(decision_id)
    if decision.actor_id != actor.person_id:
        find_contact(decision.contact_id, actor=actor)
        raise NotAllowed("decision.undo")
    # A merge is taken back as a whole (`undo_merge`).
    if decision.route != "manual" or decision.undoes or decision.reason == "merged":
        raise CannotUndo("not_by_hand")
    if at - decision.at > UNDO_WITHIN:
        raise CannotUndo("too_late")
    if not decision.conversation_id:
        # Nobody holds the desk for what they may not do; under the lock it is asked again.
        _check_owner_back(decision, find_contact(decision.contact_id, actor=actor), actor)
    lock_desk(actor.organization_id)
    withdraw_notices(decision.pk)
    undone = (
        _undo_conversation(decision, actor, at=at)
        if decision.conversation_id
        else put_owner_back(decision, actor, at=at)
    )
    publish_all(actor.organization_id, {"contacts": (decision.contact_id,), "conversations": (), "notifications": ()})
    return undone


def put_owner_back(decision: Decision, actor: Actor, *, at: datetime) -> Decision:
    """
    Restore the owner before a decision. The caller holds the desk.

    Raises:
        CannotUndo: It changed since, or whoever had it is suspended.
        NotAllowed: The actor could not give it back by hand now.

    """
    contact = lock_contact(decision.contact_id)
    _check_owner_back(decision, contact, actor)
    before = decision.trace["before"]
    change = OwnerChange(
        contact=contact,
        owner_id=before["owner_id"],
        route=decision.route or "manual",
        actor_id=actor.person_id,
        undoes=decision.pk,
        given_at=decision.at,
        former=_able(before["assignees"]),
    )
    return change_owner(actor.organization_id, change, at=at)


def _check_owner_back(decision: Decision, contact: Contact, actor: Actor) -> None:
    """Ask of an undo what giving by hand asks; what one took oneself, one may leave again."""
    if contact.owner_id != decision.owner_id:
        raise CannotUndo("changed_since")
    former = decision.trace["before"]["owner_id"]
    if former is None and decision.owner_id == actor.person_id:
        check(actor, "contact.take", Relation.FREE)
        return
    check(actor, "contact.assign", relation_to(contact, actor))
    try:
        check_recipient(former, actor)
    except UnknownPerson:
        raise CannotUndo("former_suspended") from None


def _able(assignees: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """Leave out of the people of each conversation whoever was suspended meanwhile."""
    people = find_people({one for there in assignees.values() for one in there})
    able = {person.pk for person in people if person.suspended_at is None}
    return {talk: [one for one in there if one in able] for talk, there in assignees.items()}


def _undo_conversation(decision: Decision, actor: Actor, *, at: datetime) -> Decision:
    before = decision.trace["before"]
    restored = Chosen(tuple(before["person_ids"]), tuple(before["group_ids"]))
    try:
        undone = put_back(decision, restored, actor=actor, at=at)
    except UnknownPerson:
        raise CannotUndo("former_suspended") from None
    if undone is None:
        raise CannotUndo("changed_since")
    return undone
