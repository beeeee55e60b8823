"""People: who they are, what they may do, whether they receive, what they declare, and their modes on accounts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router
from pydantic import Field

from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.wake_waiting import wake_waiting
from reparto.channels.queries import caps_of
from reparto.channels.set_cap import set_cap
from reparto.channels.set_mode import set_mode
from reparto.people.actor import Actor
from reparto.people.add_person import add_person
from reparto.people.choose_replies import choose_replies
from reparto.people.edit_person import edit_person
from reparto.people.models import Person
from reparto.people.person_draft import GrantDraft, PersonDraft
from reparto.people.queries import all_people, find_person, grants_of_people
from reparto.people.set_availability import set_availability

from .action import action
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest, if_match
from .shapes import MAX_ID, Answer, Availability, Id, Instant, Line, Mode, Page, PathId, Role, Shape

router = Router(tags=["people"])
#: Changes of these decide who can be given work.
OF_THE_DESK = frozenset({"receives", "capacity", "per_hour", "per_day", "group_id", "grants", "time_zone"})


class GrantBody(Shape):
    """A role over a group and all below it."""

    role: Role
    group_id: Id


class PersonBody(Shape):
    """
    A person to be added; they receive nothing until somebody says so.

    `capacity`: effort units open at once; `per_hour`, `per_day`: how many the desk gives them; null: no limit.
    """

    name: Line
    email: Line
    group_id: Id
    grants: Annotated[list[GrantBody], Field(max_length=50)] = []
    receives: bool = False
    capacity: int | None = None
    per_hour: int | None = None
    per_day: int | None = None
    language: Line | None = None
    time_zone: Line | None = None


class PersonChanges(Shape):
    """What is to change; grants, when given, replace all of them."""

    name: Line = ""
    email: Line = ""
    group_id: Id = 0
    grants: Annotated[list[GrantBody], Field(max_length=50)] = []
    receives: bool = False
    capacity: int | None = None
    per_hour: int | None = None
    per_day: int | None = None
    language: Line = ""
    time_zone: Line = ""


class AvailabilityBody(Shape):
    """
    What somebody declares; `until` says when an absence ends by itself.

    `reassign_replies`: while they are away, what contacts answer goes to others (preset), or stays with them.
    """

    status: Availability
    reason: Line = ""
    until: Instant | None = None
    reassign_replies: bool | None = None


class ModeBody(Shape):
    """What somebody may be given on an account, and how much of it at once; what is left out stays, null: no limit."""

    mode: Mode
    capacity: Annotated[int, Field(ge=0, le=MAX_ID)] | None = None


class GrantAnswer(Answer):
    """A role over a group and all below it."""

    role: Role
    group_id: int


class PersonAnswer(Answer):
    """A person."""

    id: int
    version: int
    name: str
    email: str
    group_id: int
    grants: list[GrantAnswer]
    receives: bool
    capacity: int | None
    per_hour: int | None
    per_day: int | None
    language: str
    time_zone: str
    availability: Availability
    availability_reason: str
    availability_until: datetime | None
    reassign_replies: bool
    suspended_at: datetime | None
    created_at: datetime


class ColleagueAnswer(Answer):
    """A person as everybody knows them: no address, no limits, nothing of what they may do."""

    id: int
    name: str
    group_id: int
    availability: Availability
    suspended_at: datetime | None


class ModeAnswer(Answer):
    """What somebody may be given on an account."""

    person_id: int
    account_id: int
    mode: Mode
    capacity: int | None


def show_people(people: Sequence[Person]) -> list[dict[str, Any]]:
    """Return people as the contract names their fields (one query however many)."""
    grants = grants_of_people([person.pk for person in people])
    names = [name for name in PersonAnswer.model_fields if name not in ("id", "grants")]
    return [
        {"id": person.pk, "grants": [_grant(grant) for grant in grants.get(person.pk, ())]}
        | {name: getattr(person, name) for name in names}
        for person in people
    ]


def _grant(grant: GrantDraft) -> dict[str, Any]:
    return {"role": grant.role, "group_id": grant.group_id}


def _shown(person: Person) -> dict[str, Any]:
    return show_people([person])[0]


def _as_seen(people: Sequence[Person], actor: Actor) -> list[dict[str, Any]]:
    """Return whole whoever the actor leads, and themself; of others what every page shows."""
    whole = {one.pk for one in people if one.pk == actor.person_id or actor.leads(one.group.path)}
    shown = {one["id"]: one for one in show_people([one for one in people if one.pk in whole])}
    brief = ColleagueAnswer.model_fields
    return [shown.get(one.pk) or {"id": one.pk} | {name: getattr(one, name) for name in brief} for one in people]


@router.get("/people", response=Page[PersonAnswer | ColleagueAnswer])
@action("people.view")
def list_people(request: ApiRequest, window: Query[Window]) -> dict[str, Any]:
    """List the people, newest first; whole are oneself and those whom one leads."""
    page, after = cut_page(all_people(), window)
    return answer_page(_as_seen(page, request.actor), after)


@router.post("/people", response={201: PersonAnswer})
@action("people.manage")
def create_person(request: ApiRequest, body: PersonBody) -> dict[str, Any]:
    """Add a person with their grants."""
    values = body.model_dump() | {"grants": _drafts(body.grants)}
    return _shown(add_person(PersonDraft(**values), actor=request.actor, at=request.at))


@router.get("/people/{person_id}", response=PersonAnswer | ColleagueAnswer)
@action("people.view")
def read_person(request: ApiRequest, person_id: PathId) -> dict[str, Any]:
    """Return a person: oneself and whom one leads as a whole."""
    return _as_seen([find_person(person_id)], request.actor)[0]


@router.patch("/people/{person_id}", response=PersonAnswer)
@action("people.manage")
def change_person(request: ApiRequest, person_id: PathId, body: PersonChanges) -> dict[str, Any]:
    """Change what is given of a person."""
    changes = body.given()
    if "grants" in changes:
        changes["grants"] = _drafts(body.grants)
    matters = bool(changes.keys() & OF_THE_DESK)
    if matters:
        lock_desk(request.actor.organization_id)
    person = edit_person(person_id, changes, actor=request.actor, at=request.at, if_version=if_match(request))
    if matters:
        _wake(request)
    return _shown(person)


@router.put("/people/{person_id}/availability", response=PersonAnswer)
@action("availability.own", "availability.others")
def declare_availability(request: ApiRequest, person_id: PathId, body: AvailabilityBody) -> dict[str, Any]:
    """Say whether a person is available; by their own token also a sign of life."""
    lock_desk(request.actor.organization_id)
    if body.reassign_replies is not None:
        choose_replies(person_id, reassign=body.reassign_replies, actor=request.actor, at=request.at)
    person = set_availability(
        person_id, status=body.status, reason=body.reason, until=body.until, actor=request.actor, at=request.at
    )
    _wake(request)
    return _shown(person)


@router.put("/people/{person_id}/accounts/{account_id}", response=ModeAnswer)
@action("accounts.manage")
def choose_mode(request: ApiRequest, person_id: PathId, account_id: PathId, body: ModeBody) -> dict[str, Any]:
    """Say what a person may be given on an account."""
    lock_desk(request.actor.organization_id)
    set_mode(person_id, account_id, mode=body.mode, actor=request.actor, at=request.at)
    if "capacity" in body.given():
        set_cap(person_id, account_id, cap=body.capacity, actor=request.actor, at=request.at)
    _wake(request)
    shown = {"person_id": person_id, "account_id": account_id, "mode": body.mode}
    return shown | {"capacity": caps_of(person_id).get(account_id)}


def _drafts(grants: Sequence[GrantBody]) -> tuple[GrantDraft, ...]:
    return tuple(GrantDraft(grant.role, grant.group_id) for grant in grants)


def _wake(request: ApiRequest) -> None:
    wake_waiting(request.actor.organization_id, reason="people", at=request.at)
