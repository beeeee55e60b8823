"""Entries for the worker: the desk of one organization."""

from reparto.kit.clock import now
from reparto.kit.jobs import register_work

from .absorb_deliveries import absorb_deliveries


def absorb(organization_id: int) -> None:
    """Absorb and decide until nothing is pending."""
    while absorb_deliveries(organization_id, at=now()):
        pass


register_work("desk", absorb)
