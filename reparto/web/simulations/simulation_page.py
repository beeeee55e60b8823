"""One simulation: how far it is, and what came out."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from reparto.reports.queries import find_simulation
from reparto.reports.stop_simulation import stop_simulation

from ..page import Page
from .show_result import show_result


class SimulationPage(Page):
    """`/reglas/simular/<id>`; for htmx what changes while it runs; POST stops it."""

    action: ClassVar[str] = "rules.manage"
    section: ClassVar[str] = "rules"

    def get(self, request: HttpRequest, simulation_id: int) -> HttpResponse:
        """Show it as it stands."""
        simulation = find_simulation(simulation_id)
        context = {"simulation": simulation, "tab": "simulations", "may_edit": True}
        if simulation.result is not None:
            context |= show_result(simulation.result, actor=self.actor)
        if self.by_htmx:
            return self.show_part("simulations/simulation.html#work", context)
        return self.show("simulations/simulation.html", context)

    def post(self, request: HttpRequest, simulation_id: int) -> HttpResponse:
        """Stop it."""
        stop_simulation(simulation_id, actor=self.actor, at=self.at)
        return self.done(gettext("The simulation is stopped."), to=request.path)
