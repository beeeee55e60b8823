"""
Replay what a simulation asks for, a page at a time, each in a transaction of its own, and keep what comes out.

It may be stopped between two pages; a worker that dies has left nothing, and another begins anew.
"""

from datetime import timedelta
from functools import partial
from secrets import token_hex

from django.db import OperationalError
from django.db.models import Q

from reparto.engine import RuleSet, thaw_rule_set
from reparto.kit.clock import now
from reparto.kit.live import publish
from reparto.kit.tenancy import in_organization

from .fail_simulation import fail_simulation
from .find_left_out import find_left_out
from .go_through import go_through
from .models import Simulation
from .replay_history import History, begin_history, end_history
from .show_figures import show_figures

#: A worker that was silent for so long is gone.
SILENT = timedelta(seconds=30)


def work_simulation(organization_id: int) -> bool:
    """Work the oldest simulation that nobody is at, to its end; say whether there was one."""
    with in_organization(organization_id):
        simulation = _claim()
    if simulation is None:
        return False
    try:
        _work(simulation)
    except OperationalError:
        raise  # the database was away: a worker begins anew
    except Exception:  # the outermost line of this work: it is told, and not tried for ever
        fail_simulation(simulation, at=now())
        raise
    return True


def _work(simulation: Simulation) -> None:
    with in_organization(simulation.organization_id):
        rule_set = thaw_rule_set(simulation.rules)
        history = begin_history(rule_set, since=simulation.since, until=simulation.until, at=now())
    if go_through(history, organization_id=simulation.organization_id, beat=partial(_beat, simulation, history)):
        with in_organization(simulation.organization_id):
            _finish(simulation, history, rule_set)


def _claim() -> Simulation | None:
    free = Simulation.objects.filter(Q(beat_at=None) | Q(beat_at__lt=now() - SILENT), state="running")
    simulation = free.select_for_update(skip_locked=True).order_by("id").first()
    if simulation is not None:
        simulation.runner, simulation.beat_at, simulation.worked = token_hex(16), now(), 0
        simulation.save(update_fields=["runner", "beat_at", "worked"])
    return simulation


def _mine(simulation: Simulation) -> Simulation | None:
    rows = Simulation.objects.select_for_update().defer("rules", "result")
    return rows.filter(pk=simulation.pk, runner=simulation.runner, state="running").first()


def _beat(simulation: Simulation, history: History) -> bool:
    """Say how far it is; False when it was stopped, or another worker has taken it."""
    mine = _mine(simulation)
    if mine is None:
        return False
    mine.worked, mine.beat_at = history.figures.sittings, now()
    mine.save(update_fields=["worked", "beat_at"])
    publish(mine.organization_id, "simulations", [mine.pk])
    return True


def _finish(simulation: Simulation, history: History, rule_set: RuleSet) -> None:
    mine = _mine(simulation)
    if mine is None:
        return
    figures = end_history(history)
    shown = show_figures(figures, rule_set=rule_set, since=mine.since, until=mine.until)
    mine.result = shown | find_left_out(rule_set, figures, at=now())
    mine.worked, mine.state, mine.finished_at = mine.total, "done", now()
    mine.save(update_fields=["result", "worked", "state", "finished_at"])
    publish(mine.organization_id, "simulations", [mine.pk])
