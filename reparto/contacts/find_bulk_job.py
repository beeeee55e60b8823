"""
Find work on many contacts: one's own, or what runs in the entered organization.

It says nothing of what becomes of the contacts.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from reparto.kit.read_choice import is_id
from reparto.people.actor import Actor

from .models import BulkJob


class UnknownBulkJob(LookupError):
    """No such job, or somebody else's."""


def find_bulk_job(job_id: int, *, actor: Actor, locked: bool = False) -> BulkJob:
    """Return a job of the actor's own; `locked` until the transaction ends. Raises UnknownBulkJob."""
    rows = BulkJob.objects.select_for_update() if locked else BulkJob.objects.all()
    job = rows.filter(pk=job_id, actor_id=actor.person_id).first() if is_id(job_id) else None
    if job is None:
        raise UnknownBulkJob(f"Job {job_id} does not exist.")
    return job


def running_bulk_job() -> BulkJob | None:
    """Return the oldest job that runs, its row locked; None when nothing is to do."""
    return BulkJob.objects.select_for_update().filter(state="running").order_by("id").first()


def bulk_jobs_running_for(actor: Actor) -> QuerySet[BulkJob]:
    """Return what runs for the actor, oldest first."""
    return BulkJob.objects.filter(state="running", actor_id=actor.person_id).order_by("id")


def was_taken_back(job: BulkJob) -> bool:
    """Say whether another job takes this one back already."""
    return BulkJob.objects.filter(undoes=job.pk).exists()


def take_back_job(job: BulkJob, *, scopes: Collection[str], at: datetime) -> BulkJob:
    """Return a running job that takes back, newest first, what this one changed, within these scopes."""
    return BulkJob.objects.create(
        organization_id=job.organization_id,
        actor_id=job.actor_id,
        change=f"undo_{job.change}",
        undoes=job.pk,
        tag=job.tag,
        scopes=sorted(scopes),
        contact_ids=job.done[::-1],
        state="running",
        created_at=at,
    )
