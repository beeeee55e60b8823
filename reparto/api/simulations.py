"""
Simulations: a period replayed through other rules in the background; begun, followed, read, stopped.

Nothing is assigned by them; a short period is answered at once by `/rules/preview`.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.utils.translation import gettext
from ninja import Query, Router
from pydantic import Field

from reparto.reports.models import Simulation
from reparto.reports.queries import all_simulations, find_simulation
from reparto.reports.start_simulation import Asked, start_simulation
from reparto.reports.stop_simulation import stop_simulation
from reparto.rules.draft_rule_set import draft_rule_set
from reparto.rules.freeze_draft import freeze_draft
from reparto.rules.queries import current_rule_set, find_draft

from .action import action
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest
from .rule_previews import PRESET, ReplayAnswer, TriedRule, check_one_way
from .rules import RuleBody, read_draft
from .shapes import Answer, Id, Instant, Line, Page, PathId, Shape

router = Router(tags=["rules"])


class SimulationBody(Shape):
    """
    A time: from `since` to before `until`, preset the last seven days, of any length.

    And rules: a kept draft, one rule among those in force, or a whole list; none of them: those in force.
    """

    name: Line = ""
    since: Instant | None = None
    until: Instant | None = None
    draft_id: Id | None = None
    rule: TriedRule | None = None
    rules: Annotated[list[RuleBody], Field(max_length=200)] | None = None


class SimulationAnswer(Answer):
    """How far a simulation is; `done` and `total` count sittings."""

    id: int
    name: str = Field(description='As it was asked for, else what the draft is called; "" for rules in force without.')
    version: int | None = Field(description="Of the rules in force; null for a draft.")
    state: Literal["running", "done", "stopped", "failed"]
    done: int
    total: int
    since: datetime
    until: datetime
    asked_by_id: int
    created_at: datetime
    finished_at: datetime | None


class WholeSimulationAnswer(SimulationAnswer):
    """A simulation with what came out, once it is done."""

    result: ReplayAnswer | None


@router.get("/rules/simulations", response=Page[SimulationAnswer])
@action("rules.manage")
def list_simulations(request: ApiRequest, window: Query[Window]) -> dict[str, Any]:
    """List what was simulated, newest first."""
    page, after = cut_page(all_simulations(), window)
    return answer_page([_show(one) for one in page], after)


@router.post("/rules/simulations", response={201: SimulationAnswer})
@action("rules.manage")
def begin_simulation(request: ApiRequest, body: SimulationBody | None = None) -> dict[str, Any]:
    """Begin one; a worker replays it, and its result is kept."""
    asked = _asked(body or SimulationBody(), at=request.at)
    return _show(start_simulation(asked, actor=request.actor, at=request.at))


@router.get("/rules/simulations/{simulation_id}", response=WholeSimulationAnswer)
@action("rules.manage")
def read_simulation(request: ApiRequest, simulation_id: PathId) -> dict[str, Any]:
    """Return how far it is, and what came out."""
    simulation = find_simulation(simulation_id)
    return _show(simulation) | {"result": simulation.result}


@router.post("/rules/simulations/{simulation_id}/stop", response=SimulationAnswer)
@action("rules.manage")
def end_simulation(request: ApiRequest, simulation_id: PathId) -> dict[str, Any]:
    """Stop one that runs; one that has ended stays as it is."""
    return _show(stop_simulation(simulation_id, actor=request.actor, at=request.at))


def _asked(body: SimulationBody, *, at: datetime) -> Asked:
    check_one_way(body, "draft_id", "rule", "rules")
    until = body.until or at
    since = body.since or until - PRESET
    if body.draft_id is not None:
        draft = find_draft(body.draft_id)
        return Asked(freeze_draft(draft), since, until, name=body.name or draft.name, drafted=True)
    if body.rules is not None:
        drafted = draft_rule_set([read_draft(rule) for rule in body.rules], whole=True)
        return Asked(drafted, since, until, name=body.name or gettext("Drafted rules"), drafted=True)
    if body.rule is not None:
        drafted = draft_rule_set([read_draft(body.rule)], rule_id=body.rule.id)
        return Asked(drafted, since, until, name=body.name or body.rule.description, drafted=True)
    return Asked(current_rule_set(), since, until, name=body.name)


def _show(simulation: Simulation) -> dict[str, Any]:
    names = ("name", "version", "state", "total", "since", "until", "asked_by_id", "created_at", "finished_at")
    return {
        "id": simulation.pk,
        "done": simulation.worked,
        **{name: getattr(simulation, name) for name in names},
    }
