"""
The editor of one flow, beside the list: what begins it, for whom, and its steps in order.

Buttons inside it save nothing and lose nothing. *Save draft* changes nothing that is in force; *Publish* saves too.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial, reduce
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.contacts.queries import custom_kinds
from reparto.flows.add_flow import add_flow
from reparto.flows.edit_flow import edit_flow
from reparto.flows.flow_draft import FlowDraft
from reparto.flows.models import Flow, Run
from reparto.flows.publish_flow import publish_flow
from reparto.flows.queries import find_flow, runs_of, version_in_force
from reparto.kit.check_version import StaleVersion
from reparto.kit.faults import Invalid
from reparto.people.permissions import check, may
from reparto.people.queries import find_people

from .change_flow_form import change_flow_form
from .flow_form import FlowForm, form_of_flow, read_flow_form
from .flow_page import FlowPage
from .say_flow import came_to_words, say_standing, say_suspended, state_words, step_words
from .show_flow_form import show_flow_form

#: As many runs as are shown below the steps.
SHOWN = 8


class FlowEditor(FlowPage):
    """`/flujos/<id>` and `/flujos/nuevo`."""

    post_action: ClassVar[str] = "flows.manage"

    def get(self, request: HttpRequest, flow_id: int | None = None) -> HttpResponse:
        """Open a flow, or an empty one."""
        if flow_id is None:
            check(self.actor, "flows.manage")
        flow = None if flow_id is None else find_flow(flow_id)
        return self._draw(FlowForm() if flow is None else form_of_flow(flow), flow)

    def post(self, request: HttpRequest, flow_id: int | None = None) -> HttpResponse:
        """Take a step inside the editor, or save, or save and publish."""
        flow = None if flow_id is None else find_flow(flow_id)
        form = read_flow_form(request.POST)
        if steps := request.POST.getlist("step"):
            return self._draw(reduce(partial(change_flow_form, sent=request.POST), steps, form), flow)
        publishes = request.POST.get("act") == "publish"
        try:
            saved = self._save(form, flow, publishes=publishes)
        except Invalid as invalid:
            return self._draw(form, flow, status=422, invalid=invalid)
        except StaleVersion as stale:
            return self._draw(replace(form, version=stale.version), flow, status=412, stale=True)
        said = gettext("«%(name)s» is in force.") if publishes else gettext("The draft of «%(name)s» is saved.")
        return self.done(said % {"name": saved.name}, to=reverse("flow", args=[saved.pk]))

    def _save(self, form: FlowForm, flow: Flow | None, *, publishes: bool) -> Flow:
        values = form.values(custom_kinds())
        if flow is not None:
            saved = edit_flow(flow.pk, values, actor=self.actor, at=self.at, if_version=form.version)
        else:
            draft = FlowDraft(**values | {"steps": tuple(values["steps"])})
            saved = add_flow(draft, actor=self.actor, at=self.at)
        return publish_flow(saved.pk, actor=self.actor, at=self.at) if publishes else saved

    def _draw(
        self,
        form: FlowForm,
        flow: Flow | None,
        *,
        status: int = 200,
        stale: bool = False,
        invalid: Invalid | None = None,
    ) -> HttpResponse:
        context = show_flow_form(form, actor=self.actor, invalid=invalid)
        context |= {"flow": flow, "url": _url(flow), "stale": stale, "fields_id": "flow-fields"}
        context["without"] = gettext("Without filters the flow is for everybody.")
        if self.by_htmx:
            return self.show_part("flows/editor.html#fields", context | {"may_edit": True}, status=status)
        return self.show("flows/editor.html", context | self._around(flow), status=status)

    def _around(self, flow: Flow | None) -> dict[str, Any]:
        """Return the list, how the flow stands, and what it did of late for whoever sees every contact."""
        if flow is None:
            return self.list_context()
        said, tint = say_standing(flow, version_in_force(flow))
        runs = list(runs_of(flow.pk)[:SHOWN]) if may(self.actor, "flows.manage") else []
        around = {"standing": said, "tint": tint, "runs": _runs(runs)}
        return around | self.list_context(flow.pk)


def _runs(runs: Sequence[Run]) -> list[dict[str, Any]]:
    skipped = {run.pk: _skipped(run) for run in runs}
    wanted = set[int]().union(*skipped.values())
    names = {person.pk: person.name for person in find_people(wanted)} if wanted else {}
    return [_run(run) | {"suspended": say_suspended(names[one] for one in skipped[run.pk])} for run in runs]


def _skipped(run: Run) -> set[int]:
    return {one["person_id"] for told in run.story for one in told.get("left_out", ())}


def _run(run: Run) -> dict[str, Any]:
    steps, came_to = step_words(), came_to_words()
    last = run.story[-1] if run.story else None
    return {
        "run": run,
        "state": state_words().get(run.state, run.state),
        "last": ": ".join(filter(None, (steps.get(last["kind"]), came_to.get(last["came_to"])))) if last else "",
    }


def _url(flow: Flow | None) -> str:
    return reverse("flow", args=[flow.pk]) if flow else reverse("flow_new")
