"""Rules: the ordered list by which contacts find somebody. Every write checks and publishes a new version at once."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any, Literal

from ninja import Query, Router
from pydantic import Field

from reparto.assignment.change_rules import change_rules
from reparto.rules.add_rule import add_rule
from reparto.rules.caution_rules import caution_rules
from reparto.rules.delete_rule import delete_rule
from reparto.rules.duplicate_rule import duplicate_rule
from reparto.rules.edit_rule import edit_rule
from reparto.rules.models import Rule
from reparto.rules.queries import all_rules, current_version_number, find_rule
from reparto.rules.reorder_rules import reorder_rules
from reparto.rules.rule_draft import RuleDraft
from reparto.rules.show_rule import show_rule

from .action import action
from .check_moves import MovesBody, within
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest, if_match
from .shapes import Answer, ContactKind, Id, Ids, Line, Page, PathId, Shape, Values

router = Router(tags=["rules"])

type Trigger = Literal["web_integration", "no_followup", "no_first_followup", "no_sales"]
type Strategy = Literal["round_robin", "close_rate", "followup_speed", "least_loaded", "weighted"]
type IfNobody = Literal["next", "wait"]
type CautionCode = Literal[
    "never_reached",
    "only_leftovers",
    "overlaps",
    "never_true",
    "needs_clients",
    "too_late",
    "too_soon",
    "empty_pool",
    "nobody_receives",
    "by_hand_only",
    "not_on_account",
    "none_in_campaign",
    "only_its_owner",
    "all_on_leave",
    "no_weight",
    "unknown_value",
    "no_mail",
]


class AfterBody(Shape):
    """After how long a rule that waits acts; `working` counts the agent's own working time, in hours or days."""

    amount: Annotated[int, Field(ge=1, le=10_000)]
    unit: Literal["hours", "days", "weeks", "months"]
    clock: Literal["calendar", "working"] = "calendar"


class TargetBody(Shape):
    """A person or a group; the weight counts for the strategy `weighted` only."""

    person_id: Id | None = None
    group_id: Id | None = None
    weight: Annotated[int, Field(ge=0, le=1000)] = 1


type Targets = Annotated[list[TargetBody], Field(max_length=500)]
type Tags = Annotated[list[Line], Field(max_length=50)]


class RuleBody(Shape):
    """A rule to be added at the end of the list."""

    description: Line
    entity: ContactKind
    trigger: Trigger
    after: AfterBody | None = None
    assign_to: Targets
    strategy: Strategy = "round_robin"
    tags: Tags = []
    template_id: Id | None = None
    filters: Values = {}
    if_nobody: IfNobody = "next"
    active: bool = True


class NewRuleBody(MovesBody, RuleBody):
    """A rule to be added at the end of the list, and put in force."""


class RuleChanges(MovesBody):
    """What is to change."""

    description: Line = ""
    entity: ContactKind = "prospect"
    trigger: Trigger = "web_integration"
    after: AfterBody | None = None
    assign_to: Targets = []
    strategy: Strategy = "round_robin"
    tags: Tags = []
    template_id: Id | None = None
    filters: Values = {}
    if_nobody: IfNobody = "next"
    active: bool = True


class OrderBody(MovesBody):
    """All rules, each once, in the order in which they are to be obeyed."""

    ids: Ids


class RuleAnswer(Answer):
    """A rule; `version` is its edit counter, for `If-Match`."""

    id: int
    version: int
    position: int
    description: str
    entity: ContactKind
    trigger: Trigger
    after: Values | None
    assign_to: list[Values]
    strategy: Strategy
    tags: list[str]
    template_id: int | None
    filters: Values
    if_nobody: IfNobody
    active: bool


class RulesAnswer(Page[RuleAnswer]):
    """The list; `version` is the one in force, for `If-Match` of what changes the list as a whole."""

    version: int


class CautionAnswer(Answer):
    """One thing to know about a rule; `other_id`: the rule before it that is the cause, if it is one."""

    rule_id: int
    code: CautionCode
    other_id: int | None
    message: str


def answer_rule(rule: Rule) -> dict[str, Any]:
    """Return a rule as the contract names its fields."""
    return {"id": rule.pk, "version": rule.version, "position": rule.position} | show_rule(rule)


@router.get("/rules", response=RulesAnswer)
@action("rules.view")
def list_rules(request: ApiRequest, window: Query[Window]) -> dict[str, Any]:
    """List the rules in the order in which they are obeyed."""
    version = current_version_number()
    page, after = cut_page(all_rules(), window, by="position")
    return _answer_list([answer_rule(rule) for rule in page], after, version=version)


@router.post("/rules", response={201: RuleAnswer})
@action("rules.manage")
def create_rule(request: ApiRequest, body: NewRuleBody) -> dict[str, Any]:
    """Add a rule at the end of the list; `too_many` when there are 200."""
    draft, most = read_draft(body), body.most_moved
    return answer_rule(_publish(request, lambda: add_rule(draft, actor=request.actor, at=request.at), most=most))


@router.put("/rules/order", response=RulesAnswer)
@action("rules.manage")
def choose_order(request: ApiRequest, body: OrderBody) -> dict[str, Any]:
    """Put the rules in another order; `If-Match` names the `version` of the list, and 412 says what changed since."""
    seen = if_match(request)
    rules = _publish(
        request,
        lambda: reorder_rules(body.ids, actor=request.actor, at=request.at, if_version=seen),
        most=body.most_moved,
    )
    return _answer_list([answer_rule(rule) for rule in rules], None, version=current_version_number())


@router.get("/rules/check", response=Page[CautionAnswer])
@action("rules.view")
def check_list(request: ApiRequest) -> dict[str, Any]:
    """Say what is to know of the rules as they stand: never reached, nobody who receives, filters that nobody fits."""
    told = [one for said in caution_rules(all_rules(), at=request.at).values() for one in said]
    return answer_page([{**asdict(one.caution), "message": one.message} for one in told], None)


@router.get("/rules/{rule_id}", response=RuleAnswer)
@action("rules.view")
def read_rule(request: ApiRequest, rule_id: PathId) -> dict[str, Any]:
    """Return a rule."""
    return answer_rule(find_rule(rule_id))


@router.patch("/rules/{rule_id}", response=RuleAnswer)
@action("rules.manage")
def change_rule(request: ApiRequest, rule_id: PathId, body: RuleChanges) -> dict[str, Any]:
    """Change what is given of a rule."""
    changes, seen = body.given(), if_match(request)
    most = changes.pop("most_moved", None)
    rule = _publish(
        request,
        lambda: edit_rule(rule_id, changes, actor=request.actor, at=request.at, if_version=seen),
        most=most,
    )
    return answer_rule(rule)


@router.delete("/rules/{rule_id}", response={204: None})
@action("rules.manage")
def remove_rule(request: ApiRequest, rule_id: PathId) -> None:
    """Take a rule out of the list; what it decided keeps its trace."""
    seen = if_match(request)
    _publish(request, lambda: delete_rule(rule_id, actor=request.actor, at=request.at, if_version=seen))


@router.post("/rules/{rule_id}/duplicate", response={201: RuleAnswer})
@action("rules.manage")
def copy_rule(request: ApiRequest, rule_id: PathId) -> dict[str, Any]:
    """Put a paused copy of a rule right behind it."""
    seen = if_match(request)
    copy = _publish(request, lambda: duplicate_rule(rule_id, actor=request.actor, at=request.at, if_version=seen))
    return answer_rule(copy)


def _answer_list(items: list[Any], next_cursor: str | None, *, version: int) -> dict[str, Any]:
    return answer_page(items, next_cursor) | {"version": version}


def _publish[Result](request: ApiRequest, change: Callable[[], Result], *, most: int | None = None) -> Result:
    """Change the rules while nobody decides, and let what waits be judged by them."""
    return change_rules(within(change, most=most, at=request.at), actor=request.actor, at=request.at)


def read_draft(body: RuleBody) -> RuleDraft:
    """Return a body as the verbs take it."""
    values = body.given()
    for name in ("id", "most_moved"):
        values.pop(name, None)
    return RuleDraft(**values | {"assign_to": _targets(values), "tags": tuple(body.tags)})


def _targets(values: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    return tuple(values["assign_to"])
