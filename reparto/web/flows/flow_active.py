"""Switch a flow on or off; off, it begins nothing, and what it has under way ends."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.flows.edit_flow import edit_flow

from ..page import Page


class FlowActive(Page):
    """`POST /flujos/<id>/activo`: `set` is on or off."""

    action: ClassVar[str] = "flows.manage"

    def post(self, request: HttpRequest, flow_id: int) -> HttpResponse:
        """Pause or activate."""
        active = request.POST.get("set") == "on"
        flow = edit_flow(flow_id, {"active": active}, actor=self.actor, at=self.at)
        said = gettext("The flow «%(name)s» is active.") if active else gettext("The flow «%(name)s» is paused.")
        return self.done(said % {"name": flow.name}, to=reverse("flow", args=[flow.pk]))
