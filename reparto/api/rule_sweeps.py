"""Sweeps of the rules that wait for a time: what stopped to ask, and the contacts that wait for a supervisor."""

from datetime import datetime
from typing import Any, Literal

from ninja import Query, Router

from reparto.assignment.answer_halt import answer_halt
from reparto.assignment.halt_sweep import open_halt
from reparto.assignment.models import Halt, Round
from reparto.assignment.standing_rounds import ended_rounds
from reparto.assignment.who_had import who_had

from .action import action
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest
from .shapes import Answer, Id, Page, PathId, Shape

router = Router(tags=["rules"])


class HaltBody(Shape):
    """Let the sweep go on, or pause a rule that it is about; without `rule_id` all of them."""

    answer: Literal["go_on", "pause"]
    rule_id: Id | None = None


class FoundAnswer(Answer):
    """How many contacts a rule would take."""

    rule_id: int
    found: int


class HaltAnswer(Answer):
    """A sweep that would move a great part of all contacts, and its answer if there is one."""

    id: int
    at: datetime
    state: Literal["asks", "goes_on", "over"]
    found: int
    of_all: int
    rules: list[FoundAnswer]


class EndedAnswer(Answer):
    """A contact that went around all who can receive; no rule takes it from its owner until somebody acts."""

    contact_id: int
    owner_id: int | None
    rule_id: int
    missed_ids: list[int]
    at: datetime


@router.get("/rules/halts", response=Page[HaltAnswer])
@action("rules.view")
def list_halts(request: ApiRequest) -> dict[str, Any]:
    """Return the sweep that stopped, if one did."""
    halt = open_halt()
    return answer_page([] if halt is None else [_halt(halt)], None)


@router.post("/rules/halts/{halt_id}", response=HaltAnswer)
@action("rules.manage")
def answer(request: ApiRequest, halt_id: PathId, body: HaltBody) -> dict[str, Any]:
    """Answer a sweep that stopped."""
    return _halt(answer_halt(halt_id, body.answer, actor=request.actor, at=request.at, rule_id=body.rule_id))


@router.get("/rules/ended-rounds", response=Page[EndedAnswer])
@action("rules.view")
def list_ended(request: ApiRequest, window: Query[Window]) -> dict[str, Any]:
    """List the contacts that wait for a supervisor, latest first."""
    page, after = cut_page(ended_rounds(request.actor), window, by="-id")
    had = who_had([one.contact_id for one in page])
    return answer_page([_ended(one, had[one.contact_id]) for one in page], after)


def _halt(halt: Halt) -> dict[str, Any]:
    rules = [{"rule_id": int(rule), "found": number} for rule, number in halt.by_rule.items()]
    return {"id": halt.pk, "rules": rules} | {name: getattr(halt, name) for name in ("at", "state", "found", "of_all")}


def _ended(row: Round, had: list[int]) -> dict[str, Any]:
    return {
        "contact_id": row.contact_id,
        "owner_id": row.contact.owner_id,
        "rule_id": row.rule_id,
        "missed_ids": had,
        "at": row.at,
    }
