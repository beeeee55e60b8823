"""
What a flow would have done for a conversation that is there: whether it begins, and what each step would come to.

It asks what the steps themselves ask, and writes nothing. Waits are counted on: what comes after them is said for then.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from reparto.channels.shapes import PASSIVE_KINDS
from reparto.contacts.queries import tags_of
from reparto.contacts.read_facts import read_facts
from reparto.conversations.models import Conversation
from reparto.conversations.note_call import CALL
from reparto.conversations.queries import messages_of
from reparto.conversations.send_reply import CannotSend, window_is_open
from reparto.engine import Facts, fold
from reparto.people.queries import suspended_among

from .fill_reply import fill_reply
from .find_step import Step, find_step, length_of, next_place
from .fits_trigger import fits_trigger
from .flow_draft import FlowDraft
from .happened import Happened
from .meets_filters import meets_filters

#: So many of the latest messages are looked through for a keyword.
MOST_MESSAGES = 200

Reason = Literal["begins", "trigger_not_met", "filter_not_met"]


@dataclass(frozen=True, slots=True)
class TriedStep:
    """One step, and what it would come to."""

    place: tuple[int, ...]
    step: Step
    came_to: str
    text: str = ""  #: of a reply, as it would be said
    left_out: tuple[int, ...] = ()  #: of the people named, those who are suspended


@dataclass(frozen=True, slots=True)
class TriedFlow:
    """Whether the flow begins for the conversation, and its steps as if it did."""

    reason: Reason
    steps: tuple[TriedStep, ...]


def try_flow(draft: FlowDraft, talk: Conversation, *, at: datetime) -> TriedFlow:
    """Try a flow that `read_flow` found nothing wrong with; who may see the conversation is asked before."""
    reason: Reason = "begins"
    if not any(fits_trigger(draft.trigger, one) for one in _happened(draft.trigger, talk)):
        reason = "trigger_not_met"
    elif not meets_filters(draft.filters, talk.contact_id, at=at):
        reason = "filter_not_met"
    return TriedFlow(reason, tuple(_walk(draft, _Trial(talk, at))))


def _happened(trigger: Mapping[str, Any], talk: Conversation) -> Iterator[Happened]:
    """Return what has happened in a conversation of the kind that a trigger waits for."""
    where = (talk.contact_id, talk.pk, talk.account_id)
    if trigger["kind"] == "conversation_starts":
        if _began_by_a_person(talk):
            yield Happened("conversation_starts", "", *where)
    elif trigger["kind"] == "tag_added":
        for name in tags_of([talk.contact_id]).get(talk.contact_id, []):
            yield Happened("tag_added", "", *where, tag=fold(name))
    else:
        said = messages_of(talk.pk).filter(direction="in", automatic=False)[:MOST_MESSAGES]
        for message in said:
            yield Happened("keyword", "", *where, text=message.text)


def _began_by_a_person(talk: Conversation) -> bool:
    """Say whether somebody's message, or a call that nobody answered, began it: nothing else begins a flow."""
    first = messages_of(talk.pk).order_by("id").first()
    quiet = PASSIVE_KINDS | {CALL}
    return first is not None and first.direction == "in" and not first.automatic and first.kind not in quiet


@dataclass(slots=True)
class _Trial:
    """Where a trial stands: the instant that waits have led to, and what the steps before have made of the contact."""

    talk: Conversation
    at: datetime
    facts: Facts = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.facts = read_facts([self.talk.contact_id]).get(self.talk.contact_id, {})

    def put_on(self, tags: Iterable[str]) -> None:
        """Let the conditions that follow see these tags."""
        there = frozenset(self.facts.get("tags") or ())
        self.facts = {**self.facts, "tags": there | {fold(name) for name in tags}}


def _walk(draft: FlowDraft, trial: _Trial) -> Iterator[TriedStep]:
    place: tuple[int, ...] = (0,)
    while (step := find_step(draft.steps, place)) is not None:
        came_to, text = _ask(step, trial)
        yield TriedStep(place, step, came_to, text, _left_out(step))
        if step["kind"] == "wait":
            trial.at += length_of(step)
        elif step["kind"] == "tag":
            trial.put_on(step["tags"])
        place = (*place, 0) if came_to == "not_met" else next_place(place)


def _ask(step: Step, trial: _Trial) -> tuple[str, str]:
    kind, talk = step["kind"], trial.talk
    if kind == "condition":
        met = meets_filters(step["filters"], talk.contact_id, at=trial.at, facts=trial.facts)
        return ("met" if met else "not_met"), ""
    if kind == "wait":
        return "waits", ""
    if kind == "tag":
        return "tagged", ""
    if talk.status == "closed":
        return "closed", ""
    if kind == "reply":
        return _ask_reply(step, talk, trial.at)
    nobody = "person_ids" in step and len(_left_out(step)) == len(step["person_ids"])
    return ("suspended" if nobody else "named"), ""


def _left_out(step: Step) -> tuple[int, ...]:
    gone = suspended_among(step.get("person_ids", ()))
    return tuple(one for one in step.get("person_ids", ()) if one in gone)


def _ask_reply(step: Step, talk: Conversation, at: datetime) -> tuple[str, str]:
    if talk.account.kind != "whatsapp":
        return "no_way_out", ""
    if "template" not in step and not window_is_open(talk, at=at):
        return "window_closed", ""
    try:
        return "replied", fill_reply(step, talk, contact_id=talk.contact_id).text
    except CannotSend as refused:
        return refused.code, ""
