"""Delete a flow, after a question: it cannot be undone."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.flows.delete_flow import delete_flow
from reparto.flows.queries import count_runs_under_way, find_flow

from .flow_page import FlowPage


class FlowDelete(FlowPage):
    """`/flujos/<id>/eliminar`: the question, and the deletion."""

    action: ClassVar[str] = "flows.manage"

    def get(self, request: HttpRequest, flow_id: int) -> HttpResponse:
        """Ask, with what it has under way."""
        flow = find_flow(flow_id)
        context = {"flow": flow, "count": count_runs_under_way(flow.pk)}
        if self.by_htmx:
            return self.show_part("flows/delete.html#question", context)
        return self.show("flows/delete.html", context)

    def post(self, request: HttpRequest, flow_id: int) -> HttpResponse:
        """Delete it; what it has under way ends."""
        name = find_flow(flow_id).name
        delete_flow(flow_id, actor=self.actor, at=self.at)
        return self.done(gettext("«%(name)s» is deleted.") % {"name": name}, to=reverse("flows"))
