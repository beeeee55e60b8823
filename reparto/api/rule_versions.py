"""Published versions of the rules: what each held, what it changed, and the way back to it."""

from datetime import datetime
from typing import Any

from ninja import Query, Router
from pydantic import BaseModel, Field

from reparto.assignment.change_rules import change_rules
from reparto.rules.compare_rules import compare_rules
from reparto.rules.models import RuleSetVersion
from reparto.rules.queries import all_versions, find_version, rule_set_of_version
from reparto.rules.roll_back_rules import roll_back_rules
from reparto.rules.thaw_rules import list_rules, thaw_rules

from .action import action
from .check_moves import MovesBody, within
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest, if_match
from .shapes import Answer, Page, PathId, Values
from .show_changes import ChangeAnswer, show_changes

router = Router(tags=["rules"])


class Since(BaseModel):
    """The version to compare with; preset: the one before. 0 is the empty list."""

    since: int | None = Field(None, ge=0, le=2**31 - 1)


class VersionAnswer(Answer):
    """A published version; `restores`: the one that it put back, `note`: the name of the draft that it was."""

    number: int
    published_at: datetime
    publisher_id: int | None
    rules: int = Field(description="How many rules it has.")
    active: int = Field(description="How many of them are active.")
    note: str
    restores: int | None


class WholeVersionAnswer(Answer):
    """A version with its rules, in the shape of a draft's."""

    number: int
    rules: list[Values]


def answer_version(version: RuleSetVersion) -> dict[str, Any]:
    """Return a version as the contract names its fields."""
    rules = version.content.get("rules", [])
    names = ("number", "published_at", "publisher_id", "note", "restores")
    return {
        "rules": len(rules),
        "active": sum(rule.get("active", True) for rule in rules),
        **{name: getattr(version, name) for name in names},
    }


@router.get("/rules/versions", response=Page[VersionAnswer])
@action("rules.view")
def list_versions(request: ApiRequest, window: Query[Window]) -> dict[str, Any]:
    """List the published versions, newest first."""
    page, after = cut_page(all_versions(), window, by="-number")
    return answer_page([answer_version(version) for version in page], after)


@router.get("/rules/versions/{number}", response=WholeVersionAnswer)
@action("rules.view")
def read_version(request: ApiRequest, number: PathId) -> dict[str, Any]:
    """Return a version with its rules in their order."""
    found = find_version(number)
    listed = list_rules(thaw_rules(rule_set_of_version(found.number)))
    return {
        "number": found.number,
        "rules": [{"position": place} | rule for place, rule in enumerate(listed, start=1)],
    }


@router.get("/rules/versions/{number}/changes", response=Page[ChangeAnswer])
@action("rules.view")
def compare_versions(request: ApiRequest, number: PathId, since: Query[Since]) -> dict[str, Any]:
    """Say what leads to a version from another, or from the one before it."""
    later = find_version(number).number
    earlier = later - 1 if since.since is None else since.since
    before, after = (list_rules(thaw_rules(rule_set_of_version(one))) for one in (earlier, later))
    return answer_page(show_changes(compare_rules(before, after)), None)


@router.post("/rules/versions/{number}/restore", response={201: VersionAnswer})
@action("rules.manage")
def restore_version(request: ApiRequest, number: PathId, body: MovesBody | None = None) -> dict[str, Any]:
    """
    Go back to a version: its rules are published as the next one, and the editable list becomes them.

    `If-Match` names the version in force; when it is another by now, the answer is 412 with what changed since.
    """
    actor, at, seen, most = request.actor, request.at, if_match(request), body.most_moved if body else None
    change = within(lambda: roll_back_rules(number, actor=actor, at=at, over=seen), most=most, at=at)
    return answer_version(change_rules(change, actor=actor, at=at))
