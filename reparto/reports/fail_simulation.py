"""Give up a simulation that a worker could not replay: it would fail again."""

from datetime import datetime

from reparto.kit.live import publish
from reparto.kit.tenancy import in_organization

from .models import Simulation


def fail_simulation(simulation: Simulation, *, at: datetime) -> None:
    """Mark it as failed, in a transaction of its own, unless another worker has taken it or somebody stopped it."""
    with in_organization(simulation.organization_id):
        mine = Simulation.objects.filter(pk=simulation.pk, runner=simulation.runner, state="running")
        mine.update(state="failed", finished_at=at)
        publish(simulation.organization_id, "simulations", [simulation.pk])
