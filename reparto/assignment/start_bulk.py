"""
Begin a change of many contacts that were chosen: give them, leave them with nobody, tag them, or take all of it back.

It works none of them itself: `work_bulk` does, in parcels.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from reparto.contacts.find_bulk_job import find_bulk_job, take_back_job, was_taken_back
from reparto.contacts.models import BulkJob
from reparto.contacts.read_tags import read_tags
from reparto.kit.faults import Faults
from reparto.kit.jobs import wake
from reparto.people.actor import Actor
from reparto.people.permissions import NotAllowed, in_scope

from .assign_by_hand import check_recipient
from .lock_desk import lock_desk
from .undo_decision import UNDO_WITHIN, CannotUndo

#: What a change is, as the table of permissions names it. Each contact is asked by itself; here only the token is.
ACTIONS: Mapping[str, tuple[str, ...]] = {
    "owner": ("contact.take", "contact.assign"),
    "tag": ("contact.edit",),
    "untag": ("contact.edit",),
}


@dataclass(frozen=True, slots=True)
class BulkChange:
    """What becomes of each contact."""

    change: Literal["owner", "tag", "untag"]
    person_id: int | None = None  #: the owner; None: nobody
    tag: str = ""


def start_bulk(job_id: int, wanted: BulkChange, *, actor: Actor) -> BulkJob:
    """
    Let a chosen set run; a job that runs or ran already is returned as it is.

    Raises:
        UnknownBulkJob: None of the actor's own.
        UnknownPerson: Nobody whom the actor may give contacts to, as far as they can know.
        NotAllowed: The actor may give nothing to that person, or their token changes no contacts so.
        Invalid: The tag is none.

    """
    # Desk before job, as the worker does.
    lock_desk(actor.organization_id)
    job = find_bulk_job(job_id, actor=actor, locked=True)
    if job.state != "chosen":
        return job
    _check(wanted, actor)
    job.change, job.person_id, job.tag = wanted.change, wanted.person_id, wanted.tag.strip()
    job.scopes, job.state = sorted(actor.scopes), "running"
    job.save(update_fields=["change", "person", "tag", "scopes", "state"])
    wake("bulk", actor.organization_id)
    return job


def _check(wanted: BulkChange, actor: Actor) -> None:
    """Refuse at once what could be done to no contact at all."""
    _check_scopes(wanted.change, actor)
    if wanted.change == "owner":
        check_recipient(wanted.person_id, actor)
        return
    faults = Faults()
    read_tags([wanted.tag], path="tag", faults=faults)
    faults.check()


def _check_scopes(change: str, actor: Actor) -> None:
    actions = ACTIONS[change.removeprefix("undo_")]
    if not any(in_scope(actor, action) for action in actions):
        raise NotAllowed(actions[-1])


def stop_bulk(job_id: int, *, actor: Actor, at: datetime) -> BulkJob:
    """Leave the rest of a running job as it is; one that is done stays so. Raises UnknownBulkJob, NotAllowed."""
    lock_desk(actor.organization_id)
    job = find_bulk_job(job_id, actor=actor, locked=True)
    if job.change:
        _check_scopes(job.change, actor)
    if job.state == "running":
        job.state, job.finished_at = "stopped", at
        job.save(update_fields=["state", "finished_at"])
    return job


def undo_bulk(job_id: int, *, actor: Actor, at: datetime) -> BulkJob:
    """
    Take back all that a job of the actor's own changed, as a job of its own; both entries of each contact stay.

    Raises:
        UnknownBulkJob: None of the actor's own.
        NotAllowed: The actor's token changes no contacts so.
        CannotUndo: It is too late, it was taken back already, or it takes something back itself.

    """
    lock_desk(actor.organization_id)
    job = find_bulk_job(job_id, actor=actor, locked=True)
    if job.change:
        _check_scopes(job.change, actor)
    if job.undoes is not None or job.finished_at is None:
        raise CannotUndo("not_by_hand")
    if was_taken_back(job):
        raise CannotUndo("changed_since")
    if at - job.finished_at > UNDO_WITHIN:
        raise CannotUndo("too_late")
    wake("bulk", actor.organization_id)
    return take_back_job(job, scopes=actor.scopes, at=at)
