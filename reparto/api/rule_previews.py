"""
What rules would do, for one contact now or for all that came in a time: nothing is written.

A draft is one rule among those in force, or a whole list; without one the rules in force are asked.
"""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from django.utils.translation import gettext
from ninja import Router
from pydantic import Field

from reparto.assignment.try_contact import try_contact
from reparto.contacts.queries import find_contact
from reparto.engine import RuleSet
from reparto.kit.faults import Faults
from reparto.people.permissions import check
from reparto.reports.check_period import check_period
from reparto.reports.find_left_out import find_left_out
from reparto.reports.replay_history import replay_history
from reparto.reports.show_figures import show_figures
from reparto.rules.draft_rule_set import draft_rule_set
from reparto.rules.queries import current_rule_set

from .action import action
from .decisions import DecidedByAnswer, TraceAnswer, show_decisions
from .request import ApiRequest
from .rules import RuleBody, read_draft
from .shapes import Answer, Assignees, Id, Instant, Shape

router = Router(tags=["rules"])

#: Without another word: the last seven days.
PRESET = timedelta(days=7)


class TriedRule(RuleBody):
    """A draft of a rule; with an `id` it stands in that rule's place, else after all others."""

    id: Id | None = None


class PreviewBody(Shape):
    """
    A contact, or a time: from `since` to before `until`, preset the last seven days.

    And a draft: one rule among those in force, or a whole list; neither: those in force.
    """

    contact_id: Id | None = None
    since: Instant | None = None
    until: Instant | None = None
    rule: TriedRule | None = None
    rules: Annotated[list[RuleBody], Field(max_length=200)] | None = None


class TriedAnswer(Answer):
    """What would be decided, in the shape of a decision; `stays`: its conversation stays with whoever has it."""

    outcome: Literal["assigned", "queued", "unmatched", "stays"]
    route: str | None
    owner_id: int | None
    assignees: Assignees
    rule: DecidedByAnswer | None
    reason: str
    reason_text: str
    next_try_at: datetime | None
    trace: TraceAnswer


class TrialAnswer(Answer):
    """What the rules would do alone, as if the contact had nobody; and what happens if it writes now."""

    by_rules: TriedAnswer
    as_it_stands: TriedAnswer


class SideAnswer(Answer):
    """One side: what would have been, or what was."""

    assigned: int
    stays: int
    queued: int
    unmatched: int
    owner_changes: int = Field(description="Contacts that went from one owner to another.")
    mean_wait_seconds: int | None
    longest_wait_seconds: int


class OfPersonAnswer(Answer):
    """One person: what they would have received, and what happened."""

    person_id: int
    name: str
    received: int
    happened: int
    difference: int
    gained: int
    lost: int
    mean_wait_seconds: int | None
    peak_load: int
    capacity: int | None
    over_capacity: int = Field(description="How often they would have had more than their capacity.")
    full: int = Field(description="How often they would have been passed over for having no room.")


class OfRuleAnswer(Answer):
    """One rule of the draft; below zero stands for one that was never stored."""

    rule_id: int
    position: int
    description: str
    assigned: int
    happened: int


class SaidAnswer(Answer):
    """One of two decisions."""

    outcome: str
    person_ids: list[int]
    group_ids: list[int]
    rule_id: int | None


class DifferenceAnswer(Answer):
    """One contact that somebody else would have."""

    contact_id: int
    conversation_id: int | None
    at: datetime
    happened: SaidAnswer
    would: SaidAnswer


class LeftOutAnswer(Answer):
    """A rule that waits for a time, and that the replay cannot fully speak for."""

    rule_id: int
    position: int
    description: str
    missing: Literal["people", "lateness"] = Field(
        description="Nobody knows who was there then; `lateness` only in shadows from before they lived through sweeps."
    )


class MovedByTimeAnswer(Answer):
    """How many contacts a rule that waits for a time would have given to somebody, and gave; `rule_id` may be gone."""

    rule_id: int
    description: str = Field(
        description="As in the rules that were asked, else in those in force; empty of one that is gone."
    )
    person_id: int
    name: str
    would: int
    happened: int


class SweepsAnswer(Answer):
    """The sweeps that there would have been, lived through from one instant at which something is late to the next."""

    looks: int = Field(description="Instants at which anything was late.")
    moves: list[MovedByTimeAnswer]
    ended: int = Field(description="Contacts that would have come to wait for a supervisor.")
    asks: int = Field(description="How often so much was late that an administrator is asked; the answer taken is yes.")
    most_asked: int = Field(description="As many contacts at most it would have asked about.")
    people_of_today: bool = Field(description="The desk never sat in this time: who was there then is not known.")
    open: int = Field(
        default=0,
        description="In the shadow: moved by one side within the hour; the other may, too, so not compared yet.",
    )


class ReplayAnswer(Answer):
    """A time as it would have been with these rules; the newest few hundred differences are listed."""

    since: datetime
    until: datetime
    sittings: int
    items: int
    facts_of_today: int = Field(description="Judged by what is known of the contact today: it was not kept then.")
    differing: int
    would: SideAnswer
    happened: SideAnswer
    people: list[OfPersonAnswer]
    rules: list[OfRuleAnswer]
    differences: list[DifferenceAnswer]
    differences_left_off: int
    sweeps: SweepsAnswer | None = Field(description="Null where no rule of the list waits for a time.")
    time_rules_left_out: list[LeftOutAnswer] = Field(
        default=[], description="They wait for a time, and part of what a replay must know was not kept."
    )
    would_move_now: int = Field(default=0, description="As many contacts their first sweep would find.")


@router.post("/rules/preview", response=TrialAnswer | ReplayAnswer)
@action("rules.view")
def preview_rules(request: ApiRequest, body: PreviewBody) -> dict[str, Any]:
    """Say what a draft, or the rules in force, would do for one contact, or would have done in a time."""
    if body.contact_id is None:
        return _replay(request, body)
    _check_alone(body)
    contact = find_contact(body.contact_id, actor=request.actor)
    rule_set = _drafted(request, body)
    tried = try_contact(request.actor.organization_id, contact.pk, rule_set=rule_set, at=request.at)
    by_rules, as_it_stands = show_decisions([tried.by_rules])[0], show_decisions([tried.as_it_stands])[0]
    return {"by_rules": by_rules, "as_it_stands": as_it_stands}


def _replay(request: ApiRequest, body: PreviewBody) -> dict[str, Any]:
    # The figures are everybody's, also of those whom a manager has nothing to do with.
    check(request.actor, "rules.manage")
    until = body.until or request.at
    since = body.since or until - PRESET
    rule_set = _drafted(request, body)
    check_period(since, until, rule_set=rule_set)
    figures = replay_history(rule_set, since=since, until=until, at=request.at)
    shown = show_figures(figures, rule_set=rule_set, since=since, until=until)
    return shown | find_left_out(rule_set, figures, at=request.at)


def _check_alone(body: PreviewBody) -> None:
    faults = Faults()
    for name in ("since", "until"):
        if getattr(body, name) is not None:
            faults.add(name, "needless", gettext("One contact is tried as it is now; leave this out."))
    faults.check()


def check_one_way(body: Shape, *names: str) -> None:
    """Refuse rules that are named in several of these ways: all but the first would not be asked."""
    faults = Faults()
    for name in [name for name in names if getattr(body, name) is not None][1:]:
        faults.add(name, "needless", gettext("Name the rules in one way only."))
    faults.check()


def _drafted(request: ApiRequest, body: PreviewBody) -> RuleSet:
    check_one_way(body, "rule", "rules")
    if body.rules is not None or body.rule is not None:
        check(request.actor, "rules.manage")
    if body.rules is not None:
        return draft_rule_set([read_draft(rule) for rule in body.rules], whole=True)
    if body.rule is not None:
        return draft_rule_set([read_draft(body.rule)], rule_id=body.rule.id)
    return current_rule_set()
