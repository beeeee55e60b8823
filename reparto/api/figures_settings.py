"""Settings of how people's results are measured, for the criteria that go by them."""

from typing import Any

from ninja import Router

from reparto.assignment.lock_desk import lock_desk
from reparto.kit.organization_settings import read_settings
from reparto.people.change_settings import change_settings

from .action import action
from .request import ApiRequest
from .shapes import Answer, Shape

router = Router(tags=["settings"])
SECTION = "figures"


class FiguresChanges(Shape):
    """What is to change."""

    days: int = 0
    minimum_sample: int = 0
    shrinkage: int = 0


class FiguresAnswer(Answer):
    """
    How many days back results count; from how many contacts on; how many contacts at everybody's mean are added to
    each person's own before they are compared.
    """

    days: int
    minimum_sample: int
    shrinkage: int


@router.get("/settings/figures", response=FiguresAnswer)
@action("settings.view")
def read_figures_settings(request: ApiRequest) -> dict[str, Any]:
    """Return by what people's results are measured."""
    return read_settings()[SECTION]


@router.patch("/settings/figures", response=FiguresAnswer)
@action("settings.manage")
def change_figures_settings(request: ApiRequest, body: FiguresChanges) -> dict[str, Any]:
    """Change what is given of it; the next decision measures anew."""
    lock_desk(request.actor.organization_id)
    return change_settings(SECTION, body.given(), actor=request.actor, at=request.at)
