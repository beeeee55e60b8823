"""Suspending a person with whoever inherits their work, and giving access back."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Router
from pydantic import Field

from reparto.assignment.hand_over import Heirs, hand_over
from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.models import Handover
from reparto.assignment.queries import last_handover
from reparto.assignment.wake_waiting import wake_waiting
from reparto.people.queries import UnknownPerson, find_person
from reparto.people.reactivate_person import reactivate_person

from .action import action
from .people import PersonAnswer, show_people
from .request import ApiRequest
from .shapes import Answer, Id, PathId, Shape

router = Router(tags=["people"])


class AccountHeir(Shape):
    """Whoever inherits the conversations of one account."""

    account_id: Id
    heir_id: Id


class SuspensionBody(Shape):
    """Who inherits; null: contacts go back to the pool, and the rules share open conversations out."""

    heir_id: Id | None
    accounts: Annotated[list[AccountHeir], Field(max_length=200)] = []


class HandoverAnswer(Answer):
    """How far the work of a person has been handed over."""

    id: int
    state: Literal["running", "done", "stopped"]
    done: int
    total: int
    heir_id: int | None
    created_at: datetime
    finished_at: datetime | None


class SuspensionAnswer(Answer):
    """The person, and the job that hands their work over; null when there is none."""

    person: PersonAnswer
    handover: HandoverAnswer | None


@router.post("/people/{person_id}/suspend", response=SuspensionAnswer)
@action("people.manage")
def suspend(request: ApiRequest, person_id: PathId, body: SuspensionBody) -> dict[str, Any]:
    """Suspend a person; their contacts and open conversations go to whoever inherits, as one job of the system's."""
    heirs = Heirs(body.heir_id, {one.account_id: one.heir_id for one in body.accounts})
    job = hand_over(person_id, heirs, actor=request.actor, at=request.at)
    return {"person": show_people([find_person(person_id)])[0], "handover": _shown(job)}


@router.post("/people/{person_id}/reactivate", response=PersonAnswer)
@action("people.manage")
def reactivate(request: ApiRequest, person_id: PathId) -> dict[str, Any]:
    """Let a suspended person in again; they receive once somebody says so."""
    lock_desk(request.actor.organization_id)
    person = reactivate_person(person_id, actor=request.actor, at=request.at)
    wake_waiting(request.actor.organization_id, reason="people", at=request.at)
    return show_people([person])[0]


@router.get("/people/{person_id}/handover", response=HandoverAnswer)
@action("people.manage")
def read_handover(request: ApiRequest, person_id: PathId) -> dict[str, Any]:
    """Return how far the latest handing over is; 404 when there never was one."""
    shown = _shown(last_handover(find_person(person_id).pk))
    if shown is None:
        raise UnknownPerson(f"The work of person {person_id} was never handed over.")
    return shown


def _shown(job: Handover | None) -> dict[str, Any] | None:
    if job is None:
        return None
    names = ("id", "state", "total", "heir_id", "created_at", "finished_at")
    return {name: getattr(job, name) for name in names} | {"done": job.worked}
