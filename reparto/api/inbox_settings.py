"""Settings of the inbox."""

from typing import Any

from ninja import Router

from reparto.kit.organization_settings import read_settings
from reparto.people.actor import AgentsSee
from reparto.people.change_settings import change_settings

from .action import action
from .request import ApiRequest
from .shapes import Answer, Shape

router = Router(tags=["settings"])
SECTION = "inbox"


class InboxChanges(Shape):
    """What is to change."""

    first_responder_owns: bool = False
    agents_see: AgentsSee = "group"


class InboxAnswer(Answer):
    """
    The settings. `first_responder_owns`: whoever answers first becomes the contact's default assignee (AC-5).

    `agents_see`: what agents see of what others have: nothing (`own`), what is of their groups, or all.
    """

    first_responder_owns: bool
    agents_see: AgentsSee


@router.get("/settings/inbox", response=InboxAnswer)
@action("settings.view")
def read_inbox_settings(request: ApiRequest) -> dict[str, Any]:
    """Return the settings of the inbox."""
    return read_settings()[SECTION]


@router.patch("/settings/inbox", response=InboxAnswer)
@action("settings.manage")
def change_inbox_settings(request: ApiRequest, body: InboxChanges) -> dict[str, Any]:
    """Change what is given of the settings of the inbox."""
    return change_settings(SECTION, body.given(), actor=request.actor, at=request.at)
