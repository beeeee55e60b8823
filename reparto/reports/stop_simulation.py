"""Stop a simulation that runs; one that has ended stays as it is. Nothing of it is kept but that it was asked."""

from datetime import datetime

from reparto.people.actor import Actor
from reparto.people.permissions import check

from .models import Simulation
from .queries import find_simulation


def stop_simulation(simulation_id: int, *, actor: Actor, at: datetime) -> Simulation:
    """Return the simulation as it stands then. Raises NotAllowed and UnknownSimulation."""
    check(actor, "rules.manage")
    simulation = find_simulation(simulation_id, locked=True)
    if simulation.state == "running":
        simulation.state, simulation.finished_at = "stopped", at
        simulation.save(update_fields=["state", "finished_at"])
    return simulation
