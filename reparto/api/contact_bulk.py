"""
Changes of many contacts at once: give them, leave them with nobody, tag them; and how far such a job is.

Each contact is asked by itself; what may not be changed is left as it is, and said why.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.utils.translation import gettext
from ninja import Router
from pydantic import Field

from reparto.assignment.start_bulk import BulkChange, start_bulk, stop_bulk, undo_bulk
from reparto.assignment.work_bulk import work_bulk
from reparto.contacts.choose_many import MOST, choose_many
from reparto.contacts.find_bulk_job import find_bulk_job
from reparto.contacts.models import BulkJob
from reparto.kit.faults import Fault, Invalid
from reparto.people.queries import UnknownPerson

from .action import action
from .match_contacts import NO_FILTER, Wanted, match_contacts
from .request import ApiRequest
from .shapes import Answer, Id, Line, PathId, Shape, Values

router = Router(tags=["contacts"])


class Matching(Shape):
    """All that fit, as `GET /contacts` would list them; nothing said: all that one may see."""

    search: Line = ""
    owner: Annotated[str, Field(max_length=20, description="none, me, or the id of a person")] = ""
    filter: Values | None = None


class Select(Shape):
    """Which contacts: these, or all that match now."""

    ids: Annotated[list[Id], Field(max_length=MOST)] | None = None
    matching: Matching | None = None


class AssignManyBody(Shape):
    """Who is to be responsible for each; null: nobody."""

    select: Select
    owner_id: Id | None


class TagManyBody(Shape):
    """Which tag is put on each, or taken off."""

    select: Select
    tag: Line


class SkippedAnswer(Answer):
    """A contact that was left as it was, with the code of the reason."""

    id: int
    reason: str


class JobAnswer(Answer):
    """A change of many: `done` were changed so far, of `total`; `undoes`: the job that this one takes back."""

    id: int
    kind: Literal["owner", "tag", "untag", "undo_owner", "undo_tag", "undo_untag"]
    state: Literal["running", "done", "stopped"]
    done: int
    total: int
    skipped: list[SkippedAnswer]
    undoes: int | None
    created_at: datetime
    finished_at: datetime | None


@router.post("/contacts/assign", response={201: JobAnswer})
@action("contact.list")
def assign_many(request: ApiRequest, body: AssignManyBody) -> dict[str, Any]:
    """Give many contacts to one person, or leave them with nobody; what is long a worker goes on with."""
    try:
        return _begin(request, body.select, BulkChange("owner", person_id=body.owner_id))
    except UnknownPerson:
        raise Invalid((Fault("owner_id", "unknown_person", gettext("There is no such person.")),)) from None


@router.post("/contacts/tag", response={201: JobAnswer})
@action("contact.list")
def tag_many(request: ApiRequest, body: TagManyBody) -> dict[str, Any]:
    """Put a tag on many contacts."""
    return _begin(request, body.select, BulkChange("tag", tag=body.tag))


@router.post("/contacts/untag", response={201: JobAnswer})
@action("contact.list")
def untag_many(request: ApiRequest, body: TagManyBody) -> dict[str, Any]:
    """Take a tag off many contacts."""
    return _begin(request, body.select, BulkChange("untag", tag=body.tag))


@router.get("/jobs/{job_id}", response=JobAnswer)
@action("contact.list")
def read_job(request: ApiRequest, job_id: PathId) -> dict[str, Any]:
    """Return how far a job of one's own is."""
    return _show(find_bulk_job(job_id, actor=request.actor))


@router.post("/jobs/{job_id}/stop", response=JobAnswer)
@action("contact.list")
def stop_job(request: ApiRequest, job_id: PathId) -> dict[str, Any]:
    """Leave the rest as it is; what was done stays done, and can be taken back."""
    return _show(stop_bulk(job_id, actor=request.actor, at=request.at))


@router.post("/jobs/{job_id}/undo", response={201: JobAnswer})
@action("contact.list")
def undo_job(request: ApiRequest, job_id: PathId) -> dict[str, Any]:
    """Take back all that a job changed, within a minute of its end, as a job of its own."""
    return _work(request, undo_bulk(job_id, actor=request.actor, at=request.at))


def _begin(request: ApiRequest, select: Select, wanted: BulkChange) -> dict[str, Any]:
    job = choose_many(_chosen(request, select), actor=request.actor, at=request.at)
    return _work(request, start_bulk(job.pk, wanted, actor=request.actor))


def _chosen(request: ApiRequest, select: Select) -> list[int]:
    if (select.ids is None) is (select.matching is None):
        raise Invalid((Fault("select", "one_of", gettext("Name either ids or matching.")),))
    if select.matching is None:
        return select.ids or []
    chosen = select.matching
    asked = NO_FILTER if chosen.filter is None else chosen.filter
    wanted = Wanted(chosen.owner, chosen.search, asked, at="select.matching.")
    return list(match_contacts(request, wanted).values_list("pk", flat=True)[: MOST + 1])


def _work(request: ApiRequest, job: BulkJob) -> dict[str, Any]:
    """Work as much at once as a page does, so that few are changed in the answer."""
    worked = work_bulk(request.actor.organization_id, at=request.at, job=(job.pk, request.actor))
    return _show(worked or job)


def _show(job: BulkJob) -> dict[str, Any]:
    plain = {name: getattr(job, name) for name in ("state", "undoes", "created_at", "finished_at")}
    return plain | {
        "id": job.pk,
        "kind": job.change,
        "done": len(job.done),
        "total": len(job.contact_ids),
        "skipped": [{"id": contact_id, "reason": reason} for contact_id, reason in job.skipped],
    }
