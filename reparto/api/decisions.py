"""Decisions: why a contact or a conversation is with whom it is, or with nobody; taking one's own back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from ninja import Query, Router
from pydantic import Field

from reparto.assignment.models import Decision
from reparto.assignment.queries import decisions_of_contact, decisions_of_conversation
from reparto.assignment.read_trace import read_traces, turn_of
from reparto.assignment.see_decision import see_decision
from reparto.assignment.tried_last import tried_last
from reparto.assignment.undo_decision import undo_decision
from reparto.assignment.wake_waiting import wake_waiting
from reparto.contacts.queries import find_contact
from reparto.conversations.queries import find_conversation
from reparto.notifications.mails_of_decisions import Mailed, mails_of_decisions

from .action import action
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest
from .shapes import Answer, Assignees, Page, PathId, Values
from .show_contacts import say_reason

router = Router(tags=["decisions"])


class DecidedByAnswer(Answer):
    """Which rule decided, in which version of the rule set, and at which place."""

    id: int
    version: int | None
    position: int | None


class CandidateAnswer(Answer):
    """One person who was considered; `reason` is a stable code, `reason_text` its sentence."""

    person_id: int
    verdict: Literal["chosen", "eligible", "rejected"]
    reason: str
    reason_text: str
    rule_id: int | None = None
    detail: Values = {}


class CursorAnswer(Answer):
    """
    Where the turns of the deciding rule stood: the number of this turn, whose the one before was, whose it is.

    `before` is null for the first turn, and by criteria that do not go by it; `due` is what the chosen one was owed, by
    weights; `tied_ids`: between whom a tie decided for whoever had not received for longest, then around the list.
    `line`: who stood in line, next ones first, where somebody kept a place in it; else the list says it.
    """

    sequence: int
    before: int | None
    after: int
    due: float | None
    tied_ids: list[int]
    line: list[int]


class TraceAnswer(Answer):
    """What was tried, in order, and who was considered."""

    steps: list[Values]
    candidates: list[CandidateAnswer]
    cursor: CursorAnswer | None


class MailAnswer(Answer):
    """
    What became of the mail of the rule's template to who received; `together`: one mail of many contacts.

    `none`: the installation had no mail server, and nothing is sent later.
    """

    state: Literal["pending", "sending", "sent", "failed", "unknown", "none"]
    sent_at: datetime | None
    together: bool


class DecisionAnswer(Answer):
    """
    A decision. Of one by which something waits still, `next_try_at`, `rule` and `trace` are those of the last try,
    made at `tried_at`; else they are as it was decided.
    """

    id: int
    at: datetime
    contact_id: int
    conversation_id: int | None
    outcome: Literal["assigned", "queued", "unmatched", "unassigned"]
    route: str | None
    owner_id: int | None
    assignees: Assignees
    rule: DecidedByAnswer | None
    rule_set_version: int | None = Field(description="The rules in force then; null: by hand, or none.")
    actor_id: int | None
    reason: str
    reason_text: str
    next_try_at: datetime | None
    tried_at: datetime | None
    undoes: int | None
    mail: MailAnswer | None
    trace: TraceAnswer


PLAIN = (
    "at",
    "contact_id",
    "conversation_id",
    "outcome",
    "route",
    "owner_id",
    "actor_id",
    "reason",
    "next_try_at",
    "tried_at",
    "undoes",
)


def show_decisions(decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    """Return decisions with their traces as the contract names their fields (five queries at most)."""
    tried = tried_last(decisions)
    decisions = [tried.get(one.pk, one) for one in decisions]
    traces = read_traces(decisions)
    by_rule = [one for one in decisions if one.rule_id is not None and one.outcome == "assigned"]
    mailing = {one.pk for one in by_rule if traces[one.pk].get("template_id") is not None}
    mails = mails_of_decisions({one.pk: one.person_ids for one in by_rule}, mailing=mailing)
    return [_show(decision, traces[decision.pk], mails.get(decision.pk)) for decision in decisions]


def _show(decision: Decision, trace: Mapping[str, Any], mail: Mailed | None) -> dict[str, Any]:
    rule = {"id": decision.rule_id, "version": decision.rule_version, "position": decision.rule_position}
    return {name: getattr(decision, name) for name in PLAIN} | {
        "id": decision.pk,
        "assignees": {"person_ids": decision.person_ids, "group_ids": decision.group_ids},
        "rule": None if decision.rule_id is None else rule,
        "rule_set_version": decision.rule_version,
        "mail": mail,
        "reason_text": say_reason(decision.reason),
        "trace": {
            "steps": [_worded(step) for step in trace.get("steps", ())],
            "candidates": [_worded(candidate) for candidate in trace.get("candidates", ())],
            "cursor": turn_of(decision, trace.get("steps", ())),
        },
    }


def _worded(part: Mapping[str, Any]) -> dict[str, Any]:
    return {**part, "reason_text": say_reason(part["reason"])}


@router.get("/contacts/{contact_id}/decisions", response=Page[DecisionAnswer])
@action("contact.view")
def list_contact_decisions(request: ApiRequest, contact_id: PathId, window: Query[Window]) -> dict[str, Any]:
    """List what was decided about a contact and its conversations."""
    find_contact(contact_id, actor=request.actor)
    page, after = cut_page(decisions_of_contact(contact_id), window)
    return answer_page(show_decisions(page), after)


@router.get("/conversations/{conversation_id}/decisions", response=Page[DecisionAnswer])
@action("conversation.view")
def list_conversation_decisions(request: ApiRequest, conversation_id: PathId, window: Query[Window]) -> dict[str, Any]:
    """List what was decided about a conversation."""
    find_conversation(conversation_id, actor=request.actor)
    page, after = cut_page(decisions_of_conversation(conversation_id), window)
    return answer_page(show_decisions(page), after)


@router.get("/decisions/{decision_id}", response=DecisionAnswer)
@action("contact.view")
def read_decision(request: ApiRequest, decision_id: PathId) -> dict[str, Any]:
    """Return one decision."""
    decision, _ = see_decision(decision_id, actor=request.actor)
    return show_decisions([decision])[0]


@router.post("/decisions/{decision_id}/undo", response=DecisionAnswer)
@action("me.view")
def undo(request: ApiRequest, decision_id: PathId) -> dict[str, Any]:
    """Take back within a minute what one has decided by hand; the answer is the decision that says so."""
    undone = undo_decision(decision_id, actor=request.actor, at=request.at)
    wake_waiting(request.actor.organization_id, reason="people", at=request.at)
    return show_decisions([undone])[0]
