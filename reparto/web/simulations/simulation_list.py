"""The simulations that were asked for, and a new one: which rules, how many days."""

from datetime import timedelta
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.reports.queries import all_simulations
from reparto.reports.start_simulation import Asked, start_simulation
from reparto.rules.freeze_draft import freeze_draft
from reparto.rules.queries import all_drafts, current_rule_set, find_draft

from ..page import Page
from ..read_id import read_id

DAYS = (7, 30, 90)
#: As many are listed: older ones say little about the rules of today.
SHOWN = 50


class SimulationList(Page):
    """`/reglas/simular`; `?draft=` chooses a draft; POST `rules` ("" in force, else a draft's id) and `days`."""

    action: ClassVar[str] = "rules.manage"
    section: ClassVar[str] = "rules"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what was simulated, and the form."""
        return self._draw(chosen=request.GET.get("draft", ""))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin one and open it."""
        chosen = request.POST.get("rules", "")
        days = read_id(request.POST.get("days", ""))
        draft = find_draft(read_id(chosen)) if chosen else None
        asked = Asked(
            freeze_draft(draft) if draft else current_rule_set(),
            since=self.at - timedelta(days=days if days in DAYS else DAYS[0]),
            until=self.at,
            name=draft.name if draft else "",
            drafted=draft is not None,
        )
        try:
            begun = start_simulation(asked, actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self._draw(chosen=chosen, fault=invalid.faults[0].message, status=422)
        return self.done(gettext("The simulation runs; nothing is assigned by it."), to=_url(begun.pk))

    def _draw(self, *, chosen: str = "", fault: str = "", status: int = 200) -> HttpResponse:
        context = {
            "simulations": all_simulations()[:SHOWN],
            "drafts": all_drafts(),
            "chosen": read_id(chosen),
            "days": DAYS,
            "fault": fault,
            "tab": "simulations",
            "may_edit": True,
        }
        return self.show("simulations/list.html", context, status=status)


def _url(simulation_id: int) -> str:
    return reverse("simulation", args=[simulation_id])
