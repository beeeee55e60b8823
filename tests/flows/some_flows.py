"""Flows for tests: written and published by the verbs, as an administrator would."""

from typing import Any

from reparto.conversations.models import Conversation
from reparto.conversations.queries import assignees_of
from reparto.flows.add_flow import add_flow
from reparto.flows.flow_draft import FlowDraft
from reparto.flows.models import Flow, Run
from reparto.flows.publish_flow import publish_flow
from reparto.people.actor import Actor
from tests.cast import AT, Cast

STARTS = {"kind": "conversation_starts"}


def people(*who: Actor) -> dict[str, Any]:
    """Return the step that assigns people."""
    return {"kind": "assign_people", "person_ids": [one.person_id for one in who]}


def groups(*group_ids: int) -> dict[str, Any]:
    """Return the step that assigns groups."""
    return {"kind": "assign_groups", "group_ids": list(group_ids)}


def tag(*names: str) -> dict[str, Any]:
    """Return the step that puts tags on."""
    return {"kind": "tag", "tags": list(names)}


def reply(text: str) -> dict[str, Any]:
    """Return the step that answers."""
    return {"kind": "reply", "text": text}


def template(name: str = "listo", **values: str) -> dict[str, Any]:
    """Return the step that answers with a template of WhatsApp's."""
    return {"kind": "reply", "template": {"name": name, "language": "es", "values": values}}


def wait(amount: int, unit: str = "hours") -> dict[str, Any]:
    """Return the step that waits."""
    return {"kind": "wait", "amount": amount, "unit": unit}


def condition(filters: dict[str, Any], *otherwise: dict[str, Any]) -> dict[str, Any]:
    """Return the step that asks, and does something else otherwise."""
    return {"kind": "condition", "filters": filters, "otherwise": list(otherwise)}


def a_draft(cast: Cast, *steps: dict[str, Any], name: str = "Bienvenida", **more: Any) -> Flow:
    """Keep a flow as a draft."""
    return add_flow(FlowDraft(name, more.pop("trigger", STARTS), steps=steps, **more), actor=cast.admin, at=AT)


def a_flow(cast: Cast, *steps: dict[str, Any], **more: Any) -> Flow:
    """Publish a flow."""
    return publish_flow(a_draft(cast, *steps, **more).pk, actor=cast.admin, at=AT)


def talk() -> Conversation:
    """Return the latest conversation."""
    return Conversation.objects.latest("id")


def assigned() -> tuple[set[int], set[int]]:
    """Return the people and groups on the latest conversation."""
    there = assignees_of([talk().pk])[talk().pk]
    return set(there.person_ids), set(there.group_ids)


def story(run: Run | None = None) -> list[str]:
    """Return what each step of a run came to, the latest run's if none is named."""
    return [one["came_to"] for one in (run or Run.objects.latest("id")).story]
