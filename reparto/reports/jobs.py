"""Entries for the worker: sums of what was decided, replays that were asked for, rules that decide in the shadow."""

from reparto.kit.clock import now
from reparto.kit.jobs import register_work

from .sum_decisions import sum_decisions
from .work_shadow import work_shadow
from .work_simulation import work_simulation


def simulate_until_done(organization_id: int) -> None:
    """Work simulations until none is left that nobody is at."""
    while work_simulation(organization_id):
        pass


def decide_in_the_shadow(organization_id: int) -> None:
    """Decide what was decided since, page after page."""
    while work_shadow(organization_id):
        pass


def add_up(organization_id: int) -> None:
    """Add what was decided since to the sums, page after page."""
    while sum_decisions(organization_id, at=now()):
        pass


register_work("simulate", simulate_until_done)
register_work("shadow", decide_in_the_shadow)
register_work("sums", add_up)
