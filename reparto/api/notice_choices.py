"""What the person behind the token hears outside of the product, and when not."""

from typing import Annotated, Any, Literal

from ninja import Router
from pydantic import Field

from reparto.notifications.choose_notices import choose_notices, read_choices

from .action import action
from .request import ApiRequest
from .shapes import Answer, Shape

router = Router(tags=["notifications"])
type Kind = Literal["assigned", "mention", "merged", "ended", "halt"]


class QuietBody(Shape):
    """From when until when nothing leaves, in the person's zone: `22:00`."""

    since: Annotated[str, Field(max_length=5)]
    until: Annotated[str, Field(max_length=5)]


class ChoicesBody(Shape):
    """What is to change; what is left out stays."""

    push: list[Kind] = []
    mail: list[Kind] = []
    quiet: QuietBody | None = None


class QuietAnswer(Answer):
    """From when until when."""

    since: str
    until: str


class ChoicesAnswer(Answer):
    """Which kinds of notifications leave the product, by web push and by mail."""

    push: list[Kind]
    mail: list[Kind]
    quiet: QuietAnswer | None


@router.get("/me/notifications", response=ChoicesAnswer)
@action("me.view")
def read_notice_choices(request: ApiRequest) -> dict[str, Any]:
    """Return what one chose, or the preset."""
    return read_choices(request.actor.person_id).shown()


@router.patch("/me/notifications", response=ChoicesAnswer)
@action("me.view")
def change_notice_choices(request: ApiRequest, body: ChoicesBody) -> dict[str, Any]:
    """Choose for oneself."""
    return choose_notices(body.given(), actor=request.actor, at=request.at).shown()
