"""Groups: the nodes of the company's tree. The root is there from the beginning."""

from typing import Any

from ninja import Query, Router

from reparto.people.add_group import add_group
from reparto.people.models import Group
from reparto.people.queries import all_groups

from .action import action
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest
from .shapes import Answer, Id, Line, Page, Shape

router = Router(tags=["groups"])


class GroupBody(Shape):
    """A group to be added; without a parent it hangs below the root."""

    name: Line
    parent_id: Id | None = None


class GroupAnswer(Answer):
    """A group."""

    id: int
    name: str
    parent_id: int | None


def show_group(group: Group) -> dict[str, Any]:
    """Return a group as the contract names its fields."""
    return {"id": group.pk, "name": group.name, "parent_id": group.parent_id}


@router.get("/groups", response=Page[GroupAnswer])
@action("people.view")
def list_groups(request: ApiRequest, window: Query[Window]) -> dict[str, Any]:
    """List the groups, oldest first: the root leads."""
    page, after = cut_page(all_groups(), window, by="id")
    return answer_page([show_group(group) for group in page], after)


@router.post("/groups", response={201: GroupAnswer})
@action("people.manage")
def create_group(request: ApiRequest, body: GroupBody) -> dict[str, Any]:
    """Add a group below another."""
    return show_group(add_group(body.name, parent_id=body.parent_id, actor=request.actor, at=request.at))
