"""Groups: the nodes of the company's tree. The root is there from the beginning."""

from typing import Any

from ninja import Query, Router

from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.wake_waiting import wake_waiting
from reparto.flows.remove_group import remove_group
from reparto.people.add_group import add_group
from reparto.people.models import Group
from reparto.people.move_group import move_group
from reparto.people.order_group import order_group
from reparto.people.queries import UnknownGroup, all_groups, find_group
from reparto.people.rename_group import rename_group

from .action import action
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest
from .shapes import Answer, Id, Line, Page, PathId, Shape

router = Router(tags=["groups"])


class GroupBody(Shape):
    """A group to be added; without a parent it hangs below the root."""

    name: Line
    parent_id: Id | None = None


class GroupChanges(Shape):
    """What is to change: the name, the place, or both; `before_id` and `after_id` name one beside it."""

    name: Line = ""
    parent_id: Id = 0
    before_id: Id = 0
    after_id: Id = 0


class GroupAnswer(Answer):
    """A group; `position` among those beside it, 0 while nobody ordered them: they stand by name."""

    id: int
    name: str
    parent_id: int | None
    position: int


def show_group(group: Group) -> dict[str, Any]:
    """Return a group as the contract names its fields."""
    return {"id": group.pk, "name": group.name, "parent_id": group.parent_id, "position": group.position}


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


@router.patch("/groups/{group_id}", response=GroupAnswer)
@action("people.manage")
def change_group(request: ApiRequest, group_id: PathId, body: GroupChanges) -> dict[str, Any]:
    """Rename a group, move it with all below it, or give it a place among those beside it."""
    lock_desk(request.actor.organization_id)
    changes = body.given()
    if "name" in changes:
        rename_group(group_id, name=body.name, actor=request.actor, at=request.at)
    if "parent_id" in changes:
        move_group(group_id, parent_id=body.parent_id, actor=request.actor, at=request.at)
    if "before_id" in changes:
        order_group(group_id, beside_id=body.before_id, side="before", actor=request.actor, at=request.at)
    if "after_id" in changes:
        order_group(group_id, beside_id=body.after_id, side="behind", actor=request.actor, at=request.at)
    if "parent_id" in changes:
        wake_waiting(request.actor.organization_id, reason="people", at=request.at)
    group = find_group(group_id)
    if group is None:
        raise UnknownGroup(f"Group {group_id} does not exist.")
    return show_group(group)


@router.delete("/groups/{group_id}", response={204: None})
@action("people.manage")
def delete_group(request: ApiRequest, group_id: PathId) -> None:
    """Delete an empty group that nothing names."""
    remove_group(group_id, actor=request.actor, at=request.at)
