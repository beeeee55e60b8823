"""Flows: a company's own automation. What is written is a draft; publishing freezes it, and what runs keeps its own."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Query, Router
from pydantic import Field

from reparto.conversations.queries import find_conversation
from reparto.flows.add_flow import add_flow
from reparto.flows.delete_flow import delete_flow
from reparto.flows.edit_flow import edit_flow
from reparto.flows.flow_draft import FlowDraft
from reparto.flows.models import Flow, FlowVersion, Run
from reparto.flows.publish_flow import publish_flow
from reparto.flows.queries import all_flows, find_flow, runs_of, version_in_force, versions_of
from reparto.flows.show_flow import differs, show_flow
from reparto.flows.try_flow import try_flow

from .action import action
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest, if_match
from .shapes import Answer, Id, Line, Page, PathId, Shape, Text, Values

router = Router(tags=["flows"])

type TriggerKind = Literal["conversation_starts", "keyword", "tag_added"]
type StepKind = Literal["assign_people", "assign_groups", "tag", "reply", "wait", "condition"]
type Unit = Literal["minutes", "hours", "days", "weeks"]


class TriggerBody(Shape):
    """What begins a flow; without accounts, on every one. `keywords` and `tag` belong to the triggers of their name."""

    kind: TriggerKind
    account_ids: Annotated[list[Id], Field(max_length=100)] = []
    keywords: Annotated[list[Line], Field(max_length=20)] | None = None
    tag: Line | None = None


class StepTemplateBody(Shape):
    """A message template as Meta names it; what its variables are told may have variables of ours."""

    name: Line
    language: Line
    values: Annotated[dict[str, Line], Field(max_length=60)] = {}


class StepBody(Shape):
    """One step, with the fields of its kind; `otherwise` are the steps for whoever does not meet a condition."""

    kind: StepKind
    person_ids: Annotated[list[Id], Field(max_length=100)] | None = None
    group_ids: Annotated[list[Id], Field(max_length=100)] | None = None
    tags: Annotated[list[Line], Field(max_length=50)] | None = None
    text: Text | None = None
    template: StepTemplateBody | None = Field(None, description="What a reply sends in place of `text`.")
    amount: Annotated[int, Field(ge=1, le=1000)] | None = None
    unit: Unit | None = None
    filters: Values | None = None
    otherwise: Annotated[list["StepBody"], Field(max_length=50)] | None = None


type Steps = Annotated[list[StepBody], Field(max_length=50)]


class FlowBody(Shape):
    """A flow to be kept as a draft."""

    name: Line
    trigger: TriggerBody
    filters: Values = {}
    steps: Steps = []
    active: bool = True


class FlowChanges(Shape):
    """What is to change in the draft; `active` false switches the flow off and ends what it has under way."""

    name: Line = ""
    trigger: TriggerBody = TriggerBody(kind="conversation_starts")
    filters: Values = {}
    steps: Steps = []
    active: bool = True


class FlowPreviewBody(Shape):
    """The conversation to try the draft on."""

    conversation_id: Id


class PublishedAnswer(Answer):
    """The version in force."""

    number: int
    published_at: datetime


class FlowAnswer(Answer):
    """A flow as it stands in the editor; `version` is its edit counter, for `If-Match`."""

    id: int
    version: int
    name: str
    trigger: Values
    filters: Values
    steps: list[Values]
    active: bool
    published: PublishedAnswer | None
    changed: bool = Field(description="Whether the draft holds what is not published.")


class RunAnswer(Answer):
    """One version of a flow at work for one contact."""

    id: int
    number: int = Field(description="Of the version with which it began.")
    contact_id: int
    conversation_id: int | None
    state: Literal["running", "done", "stopped", "failed"]
    due_at: datetime | None
    begun_at: datetime
    ended_at: datetime | None
    story: list[Values]


class TriedStepAnswer(Answer):
    """One step, and what it would come to."""

    place: list[int]
    kind: StepKind
    came_to: str
    text: str
    left_out: list[int] = Field(description="Of the people named, those who are suspended.")


class PreviewAnswer(Answer):
    """Whether the flow would begin for the conversation, and what its steps would come to; nothing was written."""

    reason: Literal["begins", "trigger_not_met", "filter_not_met"]
    steps: list[TriedStepAnswer]


def answer_flow(flow: Flow, version: FlowVersion | None) -> dict[str, Any]:
    """Return a flow as the contract names its fields."""
    published = {"number": version.number, "published_at": version.published_at} if version else None
    return {"id": flow.pk, "version": flow.version, "published": published, "changed": differs(flow, version)} | (
        show_flow(flow)
    )


def answer_run(run: Run) -> dict[str, Any]:
    """Return a run with the number of its version."""
    return {
        "id": run.pk,
        "number": run.version.number,
        "contact_id": run.contact_id,
        "conversation_id": run.conversation_id,
        "state": run.state,
        "due_at": run.due_at if run.state == "running" else None,
        "begun_at": run.begun_at,
        "ended_at": run.ended_at,
        "story": run.story,
    }


@router.get("/flows", response=Page[FlowAnswer])
@action("flows.view")
def list_flows(request: ApiRequest, window: Query[Window]) -> dict[str, Any]:
    """List the flows in the order in which they were made."""
    page, after = cut_page(all_flows(), window)
    versions = versions_of(flow.pk for flow in page)
    return answer_page([answer_flow(flow, versions.get(flow.pk)) for flow in page], after)


@router.post("/flows", response={201: FlowAnswer})
@action("flows.manage")
def create_flow(request: ApiRequest, body: FlowBody) -> dict[str, Any]:
    """Keep a new flow as a draft."""
    given = _without_nothing(body.given())
    draft = FlowDraft(**given | {"steps": tuple(given.get("steps", ()))})
    return answer_flow(add_flow(draft, actor=request.actor, at=request.at), None)


@router.get("/flows/{flow_id}", response=FlowAnswer)
@action("flows.view")
def read_flow(request: ApiRequest, flow_id: PathId) -> dict[str, Any]:
    """Return a flow."""
    flow = find_flow(flow_id)
    return answer_flow(flow, version_in_force(flow))


@router.patch("/flows/{flow_id}", response=FlowAnswer)
@action("flows.manage")
def change_flow(request: ApiRequest, flow_id: PathId, body: FlowChanges) -> dict[str, Any]:
    """Change what is given of the draft; the version in force stays until this is published."""
    changes, seen = _without_nothing(body.given()), if_match(request)
    flow = edit_flow(flow_id, changes, actor=request.actor, at=request.at, if_version=seen)
    return answer_flow(flow, version_in_force(flow))


@router.delete("/flows/{flow_id}", response={204: None})
@action("flows.manage")
def remove_flow(request: ApiRequest, flow_id: PathId) -> None:
    """Remove a flow; what it has under way ends, and what it did stays explained."""
    delete_flow(flow_id, actor=request.actor, at=request.at, if_version=if_match(request))


@router.post("/flows/{flow_id}/publish", response=FlowAnswer)
@action("flows.manage")
def put_in_force(request: ApiRequest, flow_id: PathId) -> dict[str, Any]:
    """Freeze the draft into a new version, in force from now on."""
    flow = publish_flow(flow_id, actor=request.actor, at=request.at, if_version=if_match(request))
    return answer_flow(flow, version_in_force(flow))


@router.post("/flows/{flow_id}/preview", response=PreviewAnswer)
@action("flows.manage")
def preview_flow(request: ApiRequest, flow_id: PathId, body: FlowPreviewBody) -> dict[str, Any]:
    """Say what the draft would have done for a conversation; nothing is written."""
    flow = find_flow(flow_id)
    talk = find_conversation(body.conversation_id, actor=request.actor)
    draft = FlowDraft(flow.name, flow.trigger, flow.filters, tuple(flow.steps))
    tried = try_flow(draft, talk, at=request.at)
    steps = [
        {
            "place": list(one.place),
            "kind": one.step["kind"],
            "came_to": one.came_to,
            "text": one.text,
            "left_out": list(one.left_out),
        }
        for one in tried.steps
    ]
    return {"reason": tried.reason, "steps": steps}


@router.get("/flows/{flow_id}/runs", response=Page[RunAnswer])
@action("flows.manage")
def list_runs(request: ApiRequest, flow_id: PathId, window: Query[Window]) -> dict[str, Any]:
    """List what the flow has under way and has done, newest first."""
    page, after = cut_page(runs_of(find_flow(flow_id).pk), window)
    return answer_page([answer_run(run) for run in page], after)


def _without_nothing(given: Any) -> Any:
    """Leave out what was written as null: of a step or a trigger, that is as good as nothing written."""
    if isinstance(given, dict):
        return {
            name: value if name == "filters" else _without_nothing(value)
            for name, value in given.items()
            if value is not None
        }
    return [_without_nothing(one) for one in given] if isinstance(given, list) else given
