"""
Work the next parcel of a change of many contacts, each by its own permission, under the desk's lock.

A parcel is one transaction: the desk is free between two of them. What is refused is kept with its reason.
"""

from datetime import datetime
from typing import Any

from reparto.contacts.find_bulk_job import find_bulk_job, running_bulk_job
from reparto.contacts.models import BulkJob
from reparto.contacts.queries import UnknownContact
from reparto.contacts.tag_contact import tag_contact
from reparto.kit.live import publish_all
from reparto.notifications.withdraw_notices import withdraw_notices
from reparto.people.actor import Actor
from reparto.people.permissions import NotAllowed
from reparto.people.queries import UnknownPerson, find_person, load_actor

from .assign_by_hand import AlreadyOwned, GivenMeanwhile, OfMany, assign_by_hand
from .lock_desk import lock_desk
from .queries import find_decision
from .undo_decision import CannotUndo, put_owner_back
from .wake_waiting import wake_waiting

#: So many hold the desk for well under a second.
PARCEL = 50
#: Why a contact was left as it was.
REASONS: dict[type[Exception], str] = {
    UnknownContact: "unknown",
    UnknownPerson: "unknown_person",
    NotAllowed: "not_allowed",
    AlreadyOwned: "already_owned",
    GivenMeanwhile: "changed_since",
    CannotUndo: "changed_since",
}


def work_bulk(
    organization_id: int, *, at: datetime, job: tuple[int, Actor] | None = None, limit: int = PARCEL
) -> BulkJob | None:
    """
    Work one parcel of the oldest job, or of the `job` of somebody; return it as it stands, None when none runs.

    The actor's rights are read anew: whoever lost them meanwhile changes nothing more. Begun by a token, it does what
    the scopes of that token allow.
    """
    lock_desk(organization_id)
    found = running_bulk_job() if job is None else find_bulk_job(job[0], actor=job[1], locked=True)
    if found is None or found.state != "running":
        return found
    person = find_person(found.actor_id)
    if person.suspended_at is not None:
        found.state, found.finished_at = "stopped", at
        return _store(found, at=at)
    actor = load_actor(person, scopes=found.scopes)
    parcel = found.contact_ids[found.worked : found.worked + limit]
    for one in parcel:
        _work(found, one, actor, at=at)
    found.worked += len(parcel)
    if found.worked >= len(found.contact_ids):
        found.state, found.finished_at = "done", at
    return _store(found, at=at)


def _work(job: BulkJob, one: Any, actor: Actor, *, at: datetime) -> None:
    contact_id = one[0] if isinstance(one, list) else one
    try:
        entry = _take_back(job, one, actor, at=at) if job.undoes else _change(job, one, actor, at=at)
    except tuple(REASONS) as refused:
        why = refused.code if isinstance(refused, CannotUndo) else REASONS[type(refused)]
        job.skipped.append([contact_id, why])
        return
    if entry is None:
        job.skipped.append([contact_id, "so_already"])
    else:
        job.done.append(entry)


def _change(job: BulkJob, contact_id: int, actor: Actor, *, at: datetime) -> list[int | None] | None:
    """Change one contact; None when it stood so already."""
    if job.change == "owner":
        # Whatever somebody chose for it since the click stays: this job does not know of it (INV-16).
        owners = (job.owners[str(contact_id)],) if str(contact_id) in job.owners else ()
        of = OfMany(job.pk, owners)
        decision = assign_by_hand(contact_id, owner_id=job.person_id, actor=actor, at=at, of=of)
        return None if decision is None else [contact_id, decision.pk]
    changed = tag_contact(contact_id, job.tag, on=job.change == "tag", actor=actor, at=at)
    return [contact_id, None] if changed else None


def _take_back(job: BulkJob, entry: list[int | None], actor: Actor, *, at: datetime) -> list[int | None] | None:
    contact_id, decision_id = entry
    if decision_id is not None:
        undone = put_owner_back(find_decision(decision_id), actor, at=at)
        withdraw_notices(decision_id)
        return [contact_id, undone.pk]
    tagged = tag_contact(contact_id or 0, job.tag, on=job.change == "undo_untag", actor=actor, at=at)
    return [contact_id, None] if tagged else None


def _store(job: BulkJob, *, at: datetime) -> BulkJob:
    job.save(update_fields=["worked", "done", "skipped", "state", "finished_at"])
    # Whoever had them may have room again.
    wake_waiting(job.organization_id, reason="people", at=at)
    topics = {"contacts": (), "conversations": (), "waiting": (), "bulk": (job.pk,), "notifications": ()}
    publish_all(job.organization_id, topics)
    return job
