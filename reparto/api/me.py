"""Who am I: the person behind a token, what they may do and where."""

from typing import Any

from ninja import Router

from reparto.kit.organizations import this_organization
from reparto.people.queries import find_person

from .action import action
from .people import PersonAnswer, show_people
from .request import ApiRequest
from .shapes import Answer, Role

router = Router(tags=["me"])


class OrganizationAnswer(Answer):
    """The company."""

    id: int
    name: str
    country: str
    time_zone: str
    language: str
    edition: str


class OwnGrantAnswer(Answer):
    """A role over a group and all below it."""

    role: Role
    group_id: int


class MeAnswer(Answer):
    """Whoever asks."""

    person: PersonAnswer
    organization: OrganizationAnswer
    grants: list[OwnGrantAnswer]
    scopes: list[str]


@router.get("/me", response=MeAnswer)
@action("me.view")
def read_me(request: ApiRequest) -> dict[str, Any]:
    """Return the person behind the token; no scopes means all that the person may."""
    actor = request.actor
    (person,) = show_people([find_person(actor.person_id)])
    return {
        "person": person,
        "organization": this_organization(),
        "grants": person["grants"],
        "scopes": sorted(actor.scopes),
    }
