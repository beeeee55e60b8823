"""When a person works: the hours of their week in their own time zone, and their leave."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Router
from pydantic import Field

from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.wake_waiting import wake_waiting
from reparto.people.add_absence import AbsenceDraft, add_absence
from reparto.people.find_led import find_led
from reparto.people.models import Absence, Person
from reparto.people.remove_absence import remove_absence
from reparto.people.schedule_of import absences_of, hours_of, show_hours
from reparto.people.set_hours import HoursDraft, set_hours

from .action import action
from .request import ApiRequest
from .shapes import Answer, Instant, Line, PathId, Shape

router = Router(tags=["people"])
type Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
ClockTime = Annotated[str, Field(max_length=20, description="09:00")]


class HoursBody(Shape):
    """One stretch; `until` before `since` runs over midnight, at the same time it lasts a whole day."""

    weekday: Weekday
    since: ClockTime
    until: ClockTime


class ScheduleBody(Shape):
    """The whole week; no stretch at all means always."""

    hours: Annotated[list[HoursBody], Field(max_length=50)]


class AbsenceBody(Shape):
    """Leave with a beginning and an end."""

    since: Instant
    until: Instant
    reason: Line = ""


class HoursAnswer(Answer):
    """One stretch of the week."""

    weekday: Weekday
    since: str
    until: str


class AbsenceAnswer(Answer):
    """Leave."""

    id: int
    since: datetime
    until: datetime
    reason: str


class ScheduleAnswer(Answer):
    """When a person works, in their own time zone."""

    person_id: int
    time_zone: str
    hours: list[HoursAnswer]
    absences: list[AbsenceAnswer]


@router.get("/people/{person_id}/schedule", response=ScheduleAnswer)
@action("schedule.edit")
def read_schedule(request: ApiRequest, person_id: PathId) -> dict[str, Any]:
    """Return when a person works, with all their leave."""
    return _show(find_led(person_id, actor=request.actor, action="schedule.edit"))


@router.put("/people/{person_id}/schedule", response=ScheduleAnswer)
@action("schedule.edit")
def replace_schedule(request: ApiRequest, person_id: PathId, body: ScheduleBody) -> dict[str, Any]:
    """Replace the hours of a person's week; leave stays as it is."""
    lock_desk(request.actor.organization_id)
    drafts = [HoursDraft(one.weekday, one.since, one.until) for one in body.hours]
    set_hours(person_id, drafts, actor=request.actor, at=request.at)
    _wake(request)
    return _show(find_led(person_id, actor=request.actor, action="schedule.edit"))


@router.post("/people/{person_id}/absences", response={201: AbsenceAnswer})
@action("schedule.edit")
def create_absence(request: ApiRequest, person_id: PathId, body: AbsenceBody) -> Absence:
    """Write leave down; nothing is given to the person meanwhile."""
    lock_desk(request.actor.organization_id)
    draft = AbsenceDraft(body.since, body.until, body.reason)
    absence = add_absence(person_id, draft, actor=request.actor, at=request.at)
    _wake(request)
    return absence


@router.delete("/people/{person_id}/absences/{absence_id}", response={204: None})
@action("schedule.edit")
def delete_absence(request: ApiRequest, person_id: PathId, absence_id: PathId) -> None:
    """Take leave off; the person can be given work at once."""
    lock_desk(request.actor.organization_id)
    remove_absence(person_id, absence_id, actor=request.actor, at=request.at)
    _wake(request)


def _show(person: Person) -> dict[str, Any]:
    return {
        "person_id": person.pk,
        "time_zone": person.time_zone,
        "hours": [show_hours(one) for one in hours_of(person.pk)],
        "absences": list(absences_of(person.pk)),
    }


def _wake(request: ApiRequest) -> None:
    wake_waiting(request.actor.organization_id, reason="people", at=request.at)
