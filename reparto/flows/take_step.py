"""
Take one step of a run: its effect and where the run stands after it, in the caller's transaction.

A step that cannot be taken (no conversation, the window is closed) is told in the run's story, and the flow goes on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from reparto.assignment.nominate_people import ConversationClosed, nominate_people
from reparto.contacts.tag_contacts import tag_contacts
from reparto.conversations.queries import lock_conversation
from reparto.conversations.say_automatically import say_automatically
from reparto.conversations.send_reply import CannotSend
from reparto.engine import Nomination
from reparto.kit.live import publish
from reparto.people.queries import known_groups, suspended_among

from .fill_reply import fill_reply
from .find_step import Step, find_step, length_of, next_place
from .meets_filters import meets_filters
from .models import Run


@dataclass(frozen=True, slots=True)
class Taken:
    """What a step came to, where the run goes from there, and when."""

    came_to: str
    place: tuple[int, ...]
    due_at: datetime
    left_out: tuple[int, ...] = ()  #: of the people named, those who are suspended


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
        left_out = [{"person_id": one, "reason": "suspended"} for one in taken.left_out]
        run.story = [*run.story, told | ({"left_out": left_out} if left_out else {})]
    run.tries = 0
    run.save(update_fields=["tries", "step", "due_at", "state", "ended_at", "story"])


def _on(run: Run, came_to: str, at: datetime, left_out: tuple[int, ...] = ()) -> Taken:
    return Taken(came_to, next_place(tuple(run.step)), at, left_out)


def _assign(run: Run, step: Step, at: datetime) -> Taken:
    if run.conversation_id is None:
        return _on(run, "no_conversation", at)
    people, groups = tuple(step.get("person_ids", ())), _still_there(step.get("group_ids", ()))
    if not people and not groups:
        return _on(run, "gone", at)
    gone = suspended_among(people)
    try:
        # Also those who are suspended: the desk passes them over, and ¿Por qué? has the reason.
        nomination = Nomination(run.flow_id, people, groups, flow_name=run.version.name)
        nominate_people(run.conversation_id, nomination, at=at)
    except ConversationClosed:
        return _on(run, "closed", at)
    left_out = tuple(one for one in people if one in gone)
    return _on(run, "named" if groups or len(left_out) < len(people) else "suspended", at, left_out)


def _still_there(group_ids: Sequence[int]) -> tuple[int, ...]:
    known = known_groups(group_ids)
    return tuple(one for one in group_ids if one in known)


def _tag(run: Run, step: Step, at: datetime) -> Taken:
    tag_contacts({run.contact_id: step["tags"]}, organization_id=run.organization_id)
    publish(run.organization_id, "contacts", [run.contact_id])
    return _on(run, "tagged", at)


def _reply(run: Run, step: Step, at: datetime) -> Taken:
    if run.conversation_id is None:
        return _on(run, "no_conversation", at)
    cause = f"flow:{run.pk}:{'.'.join(str(one) for one in run.step)}"
    try:
        with transaction.atomic():
            said = fill_reply(step, lock_conversation(run.conversation_id), contact_id=run.contact_id)
            say_automatically(run.conversation_id, said, cause=cause, at=at)
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
