"""Inviting a person by the API: the link is answered once, mailed where this installation sends mail, and withdrawn."""

from datetime import datetime
from typing import Any

from django.conf import settings
from ninja import Router

from reparto.people.invite_person import VALID, invite_person
from reparto.people.queries import UnknownPerson, find_person
from reparto.people.revoke_invitation import revoke_invitation

from .action import action
from .request import ApiRequest
from .shapes import Answer, PathId

router = Router(tags=["people"])


class InvitationAnswer(Answer):
    """The link, shown this once; whether it is also on its way by mail."""

    url: str
    expires_at: datetime
    mailed: bool


@router.post("/people/{person_id}/invitation", response={201: InvitationAnswer})
@action("people.manage")
def invite(request: ApiRequest, person_id: PathId) -> dict[str, Any]:
    """Make a new link, good once for 72 hours; links given before are good no more."""
    if find_person(person_id).suspended_at is not None:
        raise UnknownPerson(f"Person {person_id} is suspended; reactivate them first.")
    url = invite_person(person_id, at=request.at, actor=request.actor)
    return {"url": url, "expires_at": request.at + VALID, "mailed": bool(settings.MAILERS)}


@router.delete("/people/{person_id}/invitation", response={204: None})
@action("people.manage")
def uninvite(request: ApiRequest, person_id: PathId) -> None:
    """Withdraw what was not used."""
    revoke_invitation(person_id, actor=request.actor, at=request.at)
