"""
Merge two contacts that are one: the kept one has what both had, and one owner, chosen by a person (EC-56).

Nothing is erased: decisions and ledger stay with the contact they were about, and are found through it. Within 30 days
it can be taken back (`undo_merge`).
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from reparto.contacts.join_contacts import join_contacts
from reparto.contacts.models import Contact, Merge
from reparto.contacts.queries import addresses_of, find_contact, lock_both
from reparto.contacts.read_addresses import MOST_ADDRESSES
from reparto.contacts.relation import relation_to
from reparto.conversations.change_assignees import Change, change_assignees
from reparto.conversations.move_conversations import Joined, move_conversations
from reparto.conversations.queries import assignees_of
from reparto.kit.audit import record_audit
from reparto.kit.check_version import check_version
from reparto.kit.faults import Fault, Invalid
from reparto.kit.live import publish_all
from reparto.notifications.notify_merged import lead_notices, notify_merged
from reparto.people.actor import Actor
from reparto.people.permissions import check
from reparto.people.queries import UnknownPerson

from .assign_by_hand import check_recipient
from .change_owner import OwnerChange, change_owner
from .lock_desk import lock_desk
from .models import Decision, Waiting
from .wake_waiting import wake_waiting

ACTION = "contact.merge"


class AlreadyMerged(Exception):
    """One of the two was merged between the click and the lock."""


def merge_contacts(
    kept_id: int,
    merged_id: int,
    *,
    owner_id: int | None,
    actor: Actor,
    at: datetime,
    if_versions: tuple[int | None, int | None] = (None, None),
) -> Merge:
    """
    Let `merged_id` become `kept_id`. `owner_id` is asked only when both have an owner and not the same.

    Raises:
        UnknownContact: One of them is none that the actor may see.
        NotAllowed: The actor may not merge them, or not give the contact to that owner.
        AlreadyMerged: Somebody merged one of them meanwhile.
        StaleVersion: `if_versions`, of the kept and of the merged one, are not their versions any more.
        Invalid: It is one contact, the owner has to be chosen or is suspended, or there are too many addresses.

    """
    for contact_id in (kept_id, merged_id):
        check(actor, ACTION, relation_to(find_contact(contact_id, actor=actor), actor))
    if kept_id == merged_id:
        raise Invalid((Fault("other_id", "same_contact", gettext("Choose another contact.")),))
    lock_desk(actor.organization_id)
    kept, merged = lock_both(kept_id, merged_id)
    # Again, under the lock: all of it may have changed since the page was drawn.
    if kept.merged_into_id or merged.merged_into_id:
        raise AlreadyMerged(f"Contact {kept_id} or {merged_id} was merged meanwhile.")
    for contact, if_version in zip((kept, merged), if_versions, strict=True):
        check_version(contact.version, if_version)
        check(actor, ACTION, relation_to(contact, actor))
    if sum(map(len, addresses_of([kept_id, merged_id]).values())) > MOST_ADDRESSES:
        sentence = gettext("A contact has at most %(limit)d addresses.")
        raise Invalid((Fault("other_id", "too_many", sentence % {"limit": MOST_ADDRESSES}),))
    owner = _choose(kept, merged, owner_id)
    if owner != kept.owner_id:
        _check_able(owner, actor)
    return _merge(kept, merged, owner, actor=actor, at=at)


def _choose(kept: Contact, merged: Contact, owner_id: int | None) -> int | None:
    """Return the one owner there is, else the one that was chosen of the two."""
    owners = {one for one in (kept.owner_id, merged.owner_id) if one is not None}
    if owner_id is None and len(owners) < 2:
        return next(iter(owners), None)
    if owner_id in owners:
        return owner_id
    raise Invalid((Fault("owner_id", "choose_owner", gettext("Choose which of the two owners keeps the contact.")),))


def _check_able(owner_id: int | None, actor: Actor) -> None:
    try:
        check_recipient(owner_id, actor)
    except UnknownPerson as gone:
        said = gettext("Whoever has it is suspended: give it to somebody else first.")
        raise Invalid((Fault("owner_id", "owner_suspended", said),)) from gone


def _merge(kept: Contact, merged: Contact, owner: int | None, *, actor: Actor, at: datetime) -> Merge:
    owners = [one for one in (kept.owner_id, merged.owner_id) if one is not None]
    left = _change(merged, None, heir=owner, actor=actor, at=at)
    given = _change(kept, owner, heir=None, actor=actor, at=at) if owner != kept.owner_id else None
    talks, joined = move_conversations(merged.pk, kept.pk, at=at)
    came = _work_on(actor.organization_id, joined, (given or left).pk, at=at)
    _wait_on(kept.pk, merged.pk, joined, at=at)
    moved = join_contacts(kept, merged, at=at)
    moved |= {"conversations": talks, "joined": [one.freeze() for one in joined], "came": came}
    merge = Merge(
        organization_id=actor.organization_id,
        kept=kept,
        merged=merged,
        actor_id=actor.person_id,
        owner_id=owner,
        at=at,
        decision_id=left.pk,
        kept_decision_id=given.pk if given else None,
        moved=moved,
    )
    merge.save(force_insert=True)
    _tell(merge, owners, actor, at=at)
    return merge


def _change(contact: Contact, owner: int | None, *, heir: int | None, actor: Actor, at: datetime) -> Decision:
    change = OwnerChange(
        contact=contact,
        owner_id=owner,
        route="manual",
        actor_id=actor.person_id,
        reason="merged",
        heir_id=heir,
        counts=False,
    )
    return change_owner(actor.organization_id, change, at=at)


def _work_on(organization_id: int, joined: list[Joined], decision_id: int, *, at: datetime) -> list[dict[str, Any]]:
    """Whoever worked a conversation that was closed works the one that goes on; return who came to which."""
    assigned = assignees_of([talk for one in joined for talk in (one.closed_id, one.into_id)]) if joined else {}
    came = []
    for one in joined:
        there, here = assigned[one.closed_id], assigned[one.into_id]
        people = tuple(person for person in there.person_ids if person not in here.person_ids)
        groups = tuple(group for group in there.group_ids if group not in here.group_ids)
        come = Change(one.into_id, come_people=people, come_groups=groups)
        change_assignees(organization_id, come, route="manual", decision_id=decision_id, at=at)
        came.append({"conversation": one.into_id, "person_ids": people, "group_ids": groups})
    return came


def _wait_on(kept_id: int, merged_id: int, joined: list[Joined], *, at: datetime) -> None:
    """What waits keeps its place and is tried at once: it may have an owner now."""
    Waiting.objects.filter(conversation_id__in=[one.closed_id for one in joined]).delete()
    Waiting.objects.filter(contact_id=merged_id).update(contact_id=kept_id, due_at=at)


def _tell(merge: Merge, owners: list[int], actor: Actor, *, at: datetime) -> None:
    """Tell both owners, keep who did it, and let pages and the worker look again."""
    lead_notices(merge.merged_id, merge.kept_id)
    decision = merge.kept_decision_id or merge.decision_id
    notify_merged(
        actor.organization_id, owners, contact_id=merge.kept_id, decision_id=decision, actor_id=actor.person_id, at=at
    )
    said: dict[str, Any] = {
        "merge": merge.pk,
        "kept": merge.kept_id,
        "merged": merge.merged_id,
        "owner": merge.owner_id,
    }
    record_audit(
        actor.person_id, ACTION, object_kind="contact", object_id=merge.kept_id, before=None, after=said, at=at
    )
    wake_waiting(actor.organization_id, reason="people", at=at)
    contacts = (merge.kept_id, merge.merged_id)
    publish_all(actor.organization_id, {"contacts": contacts, "waiting": (), "conversations": ()})
