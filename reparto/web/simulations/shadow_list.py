"""The rules that decide in the shadow, or did, and a draft to let decide there from now on."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.reports.begin_shadow import begin_shadow
from reparto.reports.queries import all_shadows, running_shadow
from reparto.rules.queries import all_drafts

from ..page import Page
from ..read_id import read_id

SHOWN = 50


class ShadowList(Page):
    """`/reglas/sombra`; POST `draft` lets it decide in the shadow."""

    action: ClassVar[str] = "rules.manage"
    section: ClassVar[str] = "rules"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        return self._draw()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin and open it."""
        try:
            shadow = begin_shadow(read_id(request.POST.get("draft", "")), actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self._draw(fault=invalid.faults[0].message, status=422)
        said = gettext("«%(name)s» decides in the shadow from now on; nobody obeys it.") % {"name": shadow.name}
        return self.done(said, to=reverse("shadow", args=[shadow.pk]))

    def _draw(self, *, fault: str = "", status: int = 200) -> HttpResponse:
        context = {
            "shadows": all_shadows()[:SHOWN],
            "running": running_shadow(),
            "drafts": all_drafts(),
            "fault": fault,
            "tab": "shadows",
            "may_edit": True,
        }
        return self.show("simulations/shadows.html", context, status=status)
