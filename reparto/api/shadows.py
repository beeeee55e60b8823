"""Drafts that decide in the shadow, beside the rules in force: begun, read, stopped, published; nobody obeys them."""

from datetime import datetime
from typing import Any, Literal

from ninja import Query, Router
from pydantic import Field

from reparto.assignment.change_rules import change_rules
from reparto.engine import thaw_rule_set
from reparto.reports.begin_shadow import begin_shadow
from reparto.reports.models import Shadow, ShadowDifference
from reparto.reports.publish_shadow import publish_shadow
from reparto.reports.queries import all_shadows, differences_of, find_shadow, next_look, result_of
from reparto.reports.show_figures import show_said
from reparto.reports.stop_shadow import stop_shadow

from .action import action
from .check_moves import MovesBody, check_moves
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest
from .rule_previews import DifferenceAnswer, ReplayAnswer
from .rule_versions import VersionAnswer, answer_version
from .shapes import Answer, Id, Page, PathId, Shape

router = Router(tags=["rules"])
NOTHING = show_said(None)


class ShadowBody(Shape):
    """The draft that decides from now on, as it stands."""

    draft_id: Id


class Whose(Window):
    """Which part of a list is wanted, and of whom."""

    person_id: int | None = Field(None, ge=1, description="What they would get or lose.")


class ShadowAnswer(Answer):
    """Rules in the shadow."""

    id: int
    name: str
    draft_id: int | None
    state: Literal["running", "stopped", "published"]
    begun_by_id: int
    begun_at: datetime
    ended_at: datetime | None
    next_look_at: datetime | None = Field(
        description="When it decides what is new; null while it does, and once it has ended."
    )


class WholeShadowAnswer(ShadowAnswer):
    """
    Rules in the shadow with their figures up to `until`; where they differ stands in `/differences`.

    Where any of them waits for a time, all since they began is lived through anew each time, sweeps included.
    """

    result: ReplayAnswer | None = Field(description="Null before its first look.")


class ApartAnswer(DifferenceAnswer):
    """One contact that others would have got, or would still wait."""

    id: int


@router.get("/rules/shadows", response=Page[ShadowAnswer])
@action("rules.manage")
def list_shadows(request: ApiRequest, window: Query[Window]) -> dict[str, Any]:
    """List what decides in the shadow, or did, newest first."""
    page, after = cut_page(all_shadows(), window)
    return answer_page([_show(one) for one in page], after)


@router.post("/rules/shadows", response={201: ShadowAnswer})
@action("rules.manage")
def let_decide(request: ApiRequest, body: ShadowBody) -> dict[str, Any]:
    """Let a draft decide in the shadow from now on; one at a time."""
    return _show(begin_shadow(body.draft_id, actor=request.actor, at=request.at))


@router.get("/rules/shadows/{shadow_id}", response=WholeShadowAnswer)
@action("rules.manage")
def read_shadow(request: ApiRequest, shadow_id: PathId) -> dict[str, Any]:
    """Return its figures until it looked last."""
    shadow = find_shadow(shadow_id)
    return _show(shadow) | {"result": result_of(shadow)}


@router.get("/rules/shadows/{shadow_id}/differences", response=Page[ApartAnswer])
@action("rules.manage")
def list_differences(request: ApiRequest, shadow_id: PathId, window: Query[Whose]) -> dict[str, Any]:
    """List the contacts that others would have got, newest first."""
    rows = differences_of(find_shadow(shadow_id).pk, person_id=window.person_id)
    page, after = cut_page(rows, window)
    return answer_page([_apart(row) for row in page], after)


@router.post("/rules/shadows/{shadow_id}/stop", response=ShadowAnswer)
@action("rules.manage")
def end_shadow(request: ApiRequest, shadow_id: PathId) -> dict[str, Any]:
    """Stop it; what it would have done stays to be read."""
    return _show(stop_shadow(shadow_id, actor=request.actor, at=request.at))


@router.post("/rules/shadows/{shadow_id}/publish", response={201: VersionAnswer})
@action("rules.manage")
def put_shadow_in_force(request: ApiRequest, shadow_id: PathId, body: MovesBody | None = None) -> dict[str, Any]:
    """Publish the draft that decided, if nobody has changed it or what is in force since (409, 412)."""
    if body is not None and body.most_moved is not None:
        check_moves(thaw_rule_set(find_shadow(shadow_id).rules), most=body.most_moved, at=request.at)
    version = change_rules(
        lambda: publish_shadow(shadow_id, actor=request.actor, at=request.at), actor=request.actor, at=request.at
    )
    return answer_version(version)


def _show(shadow: Shadow) -> dict[str, Any]:
    names = ("name", "draft_id", "state", "begun_by_id", "begun_at", "ended_at")
    return {"id": shadow.pk, "next_look_at": next_look(shadow)} | {name: getattr(shadow, name) for name in names}


def _apart(row: ShadowDifference) -> dict[str, Any]:
    names = ("contact_id", "conversation_id", "at")
    sides = {"happened": row.happened or NOTHING, "would": row.would or NOTHING}
    return {"id": row.pk} | sides | {name: getattr(row, name) for name in names}
