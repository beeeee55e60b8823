"""
Take one step of a run: its effect and where the run stands after it, in the caller's transaction.

A step that cannot be taken (no conversation, the window is closed) is told in the run's story, and the flow goes on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from reparto.assignment.nominate_people import ConversationClosed, nominate_people
from reparto.contacts.queries import contacts_by_id
from reparto.contacts.tag_contacts import tag_contacts
from reparto.conversations.say_automatically import say_automatically
from reparto.conversations.send_reply import CannotSend
from reparto.engine import Nomination
from reparto.kit.live import publish
from reparto.kit.organizations import this_organization

from .fill_text import fill_text
from .find_step import Step, find_step, length_of, next_place
from .meets_filters import meets_filters
from .models import Run


@dataclass(frozen=True, slots=True)
class Taken:
    """What a step came to, where the run goes from there, and when."""

    came_to: str
    place: tuple[int, ...]
    due_at: datetime


def take_step(run: Run, *, at: datetime) -> None:
    """Take the step at which a run stands, or end the run behind the last; saves the run."""
    place = tuple(run.step)
    step = find_step(run.version.steps, place)
    if step is None:
        run.state, run.ended_at = "done", at
    else:
        taken = _TAKES[step["kind"]](run, step, at)
        run.step, run.due_at = list(taken.place), taken.due_at
        told = {"step": list(place), "kind": step["kind"], "at": at.isoformat(), "came_to": taken.came_to}
        run.story = [*run.story, told]
    run.save(update_fields=["step", "due_at", "state", "ended_at", "story"])


def _on(run: Run, came_to: str, at: datetime) -> Taken:
    return Taken(came_to, next_place(tuple(run.step)), at)


def _assign(run: Run, step: Step, at: datetime) -> Taken:
    if run.conversation_id is None:
        return _on(run, "no_conversation", at)
    people, groups = tuple(step.get("person_ids", ())), tuple(step.get("group_ids", ()))
    try:
        nomination = Nomination(run.flow_id, people, groups, flow_name=run.version.name)
        nominate_people(run.conversation_id, nomination, at=at)
    except ConversationClosed:
        return _on(run, "closed", at)
    return _on(run, "named", at)


def _tag(run: Run, step: Step, at: datetime) -> Taken:
    tag_contacts({run.contact_id: step["tags"]}, organization_id=run.organization_id)
    publish(run.organization_id, "contacts", [run.contact_id])
    return _on(run, "tagged", at)


def _reply(run: Run, step: Step, at: datetime) -> Taken:
    if run.conversation_id is None:
        return _on(run, "no_conversation", at)
    contact = contacts_by_id([run.contact_id])[run.contact_id]
    text = fill_text(step["text"], contact_name=contact.name, organization_name=this_organization().name)
    cause = f"flow:{run.pk}:{'.'.join(str(one) for one in run.step)}"
    try:
        with transaction.atomic():
            say_automatically(run.conversation_id, text, cause=cause, at=at)
    except CannotSend as refused:
        return _on(run, refused.code, at)
    return _on(run, "replied", at)


def _wait(run: Run, step: Step, at: datetime) -> Taken:
    return Taken("waits", next_place(tuple(run.step)), at + length_of(step))


def _ask(run: Run, step: Step, at: datetime) -> Taken:
    if meets_filters(step["filters"], run.contact_id, at=at):
        return _on(run, "met", at)
    # What is otherwise done ends the flow; without any it ends here.
    return Taken("not_met", (*run.step, 0), at)


_TAKES: Mapping[str, Callable[[Run, Mapping[str, Any], datetime], Taken]] = {
    "assign_people": _assign,
    "assign_groups": _assign,
    "tag": _tag,
    "reply": _reply,
    "wait": _wait,
    "condition": _ask,
}
