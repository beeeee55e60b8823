"""Give up what this organization was replaying: it would fail again."""

from datetime import datetime

from reparto.kit.live import publish
from reparto.kit.tenancy import in_organization

from .models import Simulation


def fail_simulation(organization_id: int, *, at: datetime) -> None:
    """Mark what runs as failed, in a transaction of its own."""
    with in_organization(organization_id):
        Simulation.objects.filter(state="running").update(state="failed", finished_at=at)
        publish(organization_id, "simulations")
