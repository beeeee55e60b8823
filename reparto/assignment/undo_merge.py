"""
Take a merge back within 30 days: both contacts are there again, each with its own.

What came after the merge stays with the contact that was kept; what somebody changed since stays as they changed it.
Undoing is a decision of its own for each contact.
"""

from datetime import datetime, timedelta
from typing import Any

from reparto.contacts.find_merge import find_merge, lock_merge
from reparto.contacts.models import Contact, Merge
from reparto.contacts.part_contacts import part_contacts
from reparto.contacts.queries import lock_both
from reparto.contacts.relation import relation_to
from reparto.conversations.change_assignees import Change, change_assignees
from reparto.conversations.move_conversations import move_back
from reparto.conversations.restate_follow_ups import restate_follow_ups
from reparto.kit.audit import record_audit
from reparto.kit.live import publish_all
from reparto.notifications.notify_assignees import Told, notify_assignees
from reparto.notifications.withdraw_notices import withdraw_notices
from reparto.people.actor import Actor
from reparto.people.permissions import check
from reparto.people.queries import find_people

from .change_owner import OwnerChange, change_owner
from .lock_desk import lock_desk
from .models import Decision, Waiting
from .put_in_line import InLine, put_in_line
from .queries import find_decision
from .undo_decision import CannotUndo
from .wake_waiting import wake_waiting

UNDO_WITHIN = timedelta(days=30)


def undo_merge(merge_id: int, *, actor: Actor, at: datetime) -> Merge:
    """
    Make two contacts of one again.

    Raises:
        UnknownMerge: None of a contact that the actor may see.
        NotAllowed: The actor may not merge that contact.
        CannotUndo: `too_late` after 30 days; `changed_since` when it was taken back or merged on already.

    """
    find_merge(merge_id, actor=actor)
    lock_desk(actor.organization_id)
    merge = lock_merge(merge_id)
    kept, merged = lock_both(merge.kept_id, merge.merged_id)
    check(actor, "contact.merge", relation_to(kept, actor))
    if merge.undone_at is not None or kept.merged_into_id or merged.merged_into_id != kept.pk:
        raise CannotUndo("changed_since")
    if at - merge.at > UNDO_WITHIN:
        raise CannotUndo("too_late")
    _part(merge, kept, merged, actor, at=at)
    merge.undone_at, merge.undone_by_id = at, actor.person_id
    merge.save(update_fields=["undone_at", "undone_by"])
    _tell(merge, actor, at=at)
    return merge


def _part(merge: Merge, kept: Contact, merged: Contact, actor: Actor, *, at: datetime) -> None:
    moved: dict[str, Any] = merge.moved
    part_contacts(kept, merged, moved, at=at)
    for one in moved["came"]:
        gone = Change(one["conversation"], go_people=tuple(one["person_ids"]), go_groups=tuple(one["group_ids"]))
        change_assignees(merge.organization_id, gone, route="manual", decision_id=merge.decision_id, at=at)
    waits = move_back(moved["conversations"], moved["joined"], from_id=kept.pk, to_id=merged.pk)
    restate_follow_ups([kept.pk, merged.pk])
    Waiting.objects.filter(conversation_id__in=moved["conversations"]).update(contact_id=merged.pk)
    if merge.kept_decision_id:
        _give_back(kept, find_decision(merge.kept_decision_id), actor, at=at)
    _give_back(merged, find_decision(merge.decision_id), actor, at=at)
    line = [InLine(merged.pk if talk in moved["conversations"] else kept.pk, talk) for talk in waits]
    put_in_line(actor.organization_id, line, at=at)


def _give_back(contact: Contact, decision: Decision, actor: Actor, *, at: datetime) -> None:
    """Restore the owner before the merge, unless somebody gave the contact to another since."""
    if contact.owner_id != decision.owner_id:
        return
    before = decision.trace["before"]
    owner_id = before["owner_id"]
    former = {talk: people for talk, people in before["assignees"].items() if _worked(people)}
    if owner_id is not None and not _worked([owner_id]):
        owner_id = None
    change = OwnerChange(
        contact=contact,
        owner_id=owner_id,
        route="manual",
        actor_id=actor.person_id,
        undoes=decision.pk,
        former=former,
    )
    undone = change_owner(actor.organization_id, change, at=at)
    if owner_id is not None:
        told = Told((owner_id,), contact.pk, None, undone.pk)
        notify_assignees(actor.organization_id, [told], at=at, actor_id=actor.person_id)


def _worked(people: list[int]) -> bool:
    """Say whether all of them are still here: nothing is given to somebody who was suspended meanwhile."""
    return all(person.suspended_at is None for person in find_people(people)) if people else True


def _tell(merge: Merge, actor: Actor, *, at: datetime) -> None:
    for decision in (merge.decision_id, merge.kept_decision_id):
        if decision is not None:
            withdraw_notices(decision)
    said = {"merge": merge.pk, "kept": merge.kept_id, "merged": merge.merged_id}
    for contact_id in (merge.kept_id, merge.merged_id):
        record_audit(
            actor.person_id,
            "contact.unmerge",
            object_kind="contact",
            object_id=contact_id,
            before=said,
            after=None,
            at=at,
        )
    wake_waiting(actor.organization_id, reason="people", at=at)
    contacts = (merge.kept_id, merge.merged_id)
    publish_all(actor.organization_id, {"contacts": contacts, "waiting": (), "conversations": (), "notifications": ()})
