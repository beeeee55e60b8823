"""Drafts of the rules: written and checked apart from the list in force, then published as a whole."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router
from pydantic import Field

from reparto.assignment.change_rules import change_rules
from reparto.assignment.foresee_moves import foresee_moves
from reparto.contacts.quiet_contacts import count_contacts
from reparto.kit.faults import Faults
from reparto.rules.add_draft import add_draft
from reparto.rules.caution_rules import caution_rules
from reparto.rules.check_rule_set import check_rule_set
from reparto.rules.compare_rules import compare_rules
from reparto.rules.delete_draft import delete_draft
from reparto.rules.edit_draft import edit_draft
from reparto.rules.find_gap import DAYS, find_gap
from reparto.rules.freeze_draft import freeze_draft
from reparto.rules.models import RuleSetDraft
from reparto.rules.note_edition import note_edition
from reparto.rules.publish_draft import publish_draft
from reparto.rules.queries import all_drafts, all_rules, current_version_number, find_draft
from reparto.rules.thaw_rules import list_rules, rules_of_list

from .action import action
from .check_moves import MovesBody, within
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest, if_match
from .rule_versions import VersionAnswer, answer_version
from .rules import CautionCode, RuleBody
from .shapes import Answer, Id, Line, Page, PathId, Shape, Values, Version
from .show_changes import ChangeAnswer, show_changes

router = Router(tags=["rules"])


class DraftBody(Shape):
    """What the draft is called; what it holds at first is the list as it stands."""

    name: Line = ""


class DraftRuleBody(RuleBody):
    """A rule of a draft; without an id it is a new one."""

    id: Id | None = None


type DraftRules = Annotated[list[DraftRuleBody], Field(max_length=200)]


class DraftChanges(Shape):
    """What is to change; `base_version` holds the draft against the version in force."""

    name: Line = ""
    rules: DraftRules = []
    base_version: Version = 0


class DraftList(Shape):
    """The whole ordered list."""

    rules: DraftRules


class PublishBody(MovesBody):
    """The version in force as the caller knows it; preset: the one that the draft is held against."""

    base_version: Version | None = None


class DraftRuleAnswer(Answer):
    """A rule of a draft. It keeps its id when it is published."""

    id: int
    position: int
    description: str
    entity: str
    trigger: str
    after: Values | None
    assign_to: list[Values]
    strategy: str
    tags: list[str]
    template_id: int | None
    filters: Values
    if_nobody: str
    active: bool


class DraftAnswer(Answer):
    """A draft; `version` is its edit counter, for `If-Match`."""

    id: int
    version: int
    name: str
    base_version: int = Field(description="The version that it began from, or was last held against.")
    current_version: int = Field(description="The version in force: another one has to be named when publishing.")
    author_id: int | None
    created_at: datetime
    edited_at: datetime
    rules: list[DraftRuleAnswer]


class FaultAnswer(Answer):
    """What stands in the way of publishing, at its place in the list."""

    path: str
    code: str
    message: str


class NoticeAnswer(Answer):
    """What is worth knowing about a rule; `other_id`: the rule that is the cause."""

    rule_id: int
    code: CautionCode
    other_id: int | None
    message: str


class GapAnswer(Answer):
    """Contacts of the last days that no rule of the draft takes."""

    days: int
    count: int
    of: int
    contact_ids: list[int] = Field(description="The newest of them.")


class MovedAnswer(Answer):
    """How many contacts a rule would take at once."""

    rule_id: int
    found: int


class MovesAnswer(Answer):
    """Contacts whose time is over by the draft and not by the rules in force: they are moved as it is published."""

    found: int
    of_all: int
    rules: list[MovedAnswer]


class CheckAnswer(Answer):
    """What is wrong with a draft, and what is worth knowing of it."""

    faults: list[FaultAnswer]
    cautions: list[NoticeAnswer]
    gap: GapAnswer
    moves: MovesAnswer


def answer_draft(draft: RuleSetDraft, *, current: int | None = None) -> dict[str, Any]:
    """Return a draft as the contract names its fields."""
    rules = [{"position": place} | rule for place, rule in enumerate(draft.content, start=1)]
    names = ("version", "name", "base_version", "author_id", "created_at", "edited_at")
    return {
        "id": draft.pk,
        "rules": rules,
        "current_version": current_version_number() if current is None else current,
        **{name: getattr(draft, name) for name in names},
    }


@router.get("/rules/drafts", response=Page[DraftAnswer])
@action("rules.manage")
def list_drafts(request: ApiRequest, window: Query[Window]) -> dict[str, Any]:
    """List the drafts, newest first."""
    page, after = cut_page(all_drafts(), window)
    current = current_version_number()
    return answer_page([answer_draft(draft, current=current) for draft in page], after)


@router.post("/rules/drafts", response={201: DraftAnswer})
@action("rules.manage")
def create_draft(request: ApiRequest, body: DraftBody | None = None) -> dict[str, Any]:
    """Copy the list as it stands into a new draft."""
    return answer_draft(add_draft(body.name if body else "", actor=request.actor, at=request.at))


@router.get("/rules/drafts/{draft_id}", response=DraftAnswer)
@action("rules.manage")
def read_draft(request: ApiRequest, draft_id: PathId) -> dict[str, Any]:
    """Return a draft."""
    return answer_draft(find_draft(draft_id))


@router.patch("/rules/drafts/{draft_id}", response=DraftAnswer)
@action("rules.manage")
def change_draft(request: ApiRequest, draft_id: PathId, body: DraftChanges) -> dict[str, Any]:
    """Change what is given of a draft."""
    return _edit(request, draft_id, body.given())


@router.put("/rules/drafts/{draft_id}", response=DraftAnswer)
@action("rules.manage")
def replace_rules(request: ApiRequest, draft_id: PathId, body: DraftList) -> dict[str, Any]:
    """Put another ordered list into a draft."""
    return _edit(request, draft_id, body.given())


@router.delete("/rules/drafts/{draft_id}", response={204: None})
@action("rules.manage")
def throw_draft_away(request: ApiRequest, draft_id: PathId) -> None:
    """Throw a draft away."""
    delete_draft(draft_id, actor=request.actor, at=request.at, if_version=if_match(request))


@router.get("/rules/drafts/{draft_id}/check", response=CheckAnswer)
@action("rules.manage")
def check_draft(request: ApiRequest, draft_id: PathId) -> dict[str, Any]:
    """Say what stands in the way of publishing a draft, and what is worth knowing of it."""
    draft = find_draft(draft_id)
    rules, moves = rules_of_list(draft.content), foresee_moves(freeze_draft(draft), at=request.at)
    faults = Faults()
    note_edition(draft.content, faults)
    check_rule_set(rules, faults, at=request.at)
    told = [said for group in caution_rules(rules, at=request.at).values() for said in group]
    gap = find_gap(rules, at=request.at)
    return {
        "faults": [asdict(fault) for fault in faults.found],
        "cautions": [asdict(one.caution) | {"message": one.message} for one in told if not one.caution.is_fault],
        "gap": {"days": DAYS, "count": gap.count, "of": gap.of, "contact_ids": [one.pk for one in gap.newest]},
        "moves": {
            "found": moves.found,
            "of_all": moves.of_all or count_contacts(),
            "rules": [{"rule_id": rule, "found": number} for rule, number in moves.by_rule.items()],
        },
    }


@router.get("/rules/drafts/{draft_id}/changes", response=Page[ChangeAnswer])
@action("rules.manage")
def compare_draft(request: ApiRequest, draft_id: PathId) -> dict[str, Any]:
    """Say what publishing a draft would change in the list as it stands."""
    changes = compare_rules(list_rules(all_rules()), find_draft(draft_id).content)
    return answer_page(show_changes(changes), None)


@router.post("/rules/drafts/{draft_id}/publish", response={201: VersionAnswer})
@action("rules.manage")
def put_draft_in_force(request: ApiRequest, draft_id: PathId, body: PublishBody | None = None) -> dict[str, Any]:
    """
    Publish a draft as the next version.

    When other rules were published since it began, the answer is 412 with what changed, until `base_version` names
    the version in force.
    """
    seen, over = if_match(request), body.base_version if body else None
    change = within(
        lambda: publish_draft(draft_id, actor=request.actor, at=request.at, if_version=seen, over=over),
        most=body.most_moved if body else None,
        at=request.at,
    )
    return answer_version(change_rules(change, actor=request.actor, at=request.at))


def _edit(request: ApiRequest, draft_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    seen = if_match(request)
    return answer_draft(edit_draft(draft_id, changes, actor=request.actor, at=request.at, if_version=seen))
