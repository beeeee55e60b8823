"""
Reads of simulations and of rules in the shadow.

All inside an entered organization; who may see them is asked before.
"""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from reparto.kit.read_choice import is_id

from .models import Shadow, ShadowDifference, Simulation


class UnknownSimulation(LookupError):
    """No such simulation in this organization."""


class UnknownShadow(LookupError):
    """No such rules in the shadow in this organization."""


def all_simulations() -> QuerySet[Simulation]:
    """Return what was asked, newest first, without the long parts."""
    return Simulation.objects.defer("rules", "result").select_related("asked_by").order_by("-id")


def find_simulation(simulation_id: int, *, locked: bool = False) -> Simulation:
    """Return a simulation, its row locked if wanted. Raises UnknownSimulation."""
    rows = Simulation.objects.select_for_update() if locked else Simulation.objects.all()
    simulation = rows.filter(pk=simulation_id).first() if is_id(simulation_id) else None
    if simulation is None:
        raise UnknownSimulation(f"Simulation {simulation_id} does not exist.")
    return simulation


def all_shadows() -> QuerySet[Shadow]:
    """Return all rules that decided in the shadow, newest first, without the long parts."""
    return Shadow.objects.defer("rules", "world", "result").select_related("begun_by").order_by("-id")


def find_shadow(shadow_id: int, *, locked: bool = False) -> Shadow:
    """Return rules in the shadow, their row locked if wanted. Raises UnknownShadow."""
    rows = Shadow.objects.select_for_update() if locked else Shadow.objects.defer("world")
    shadow = rows.filter(pk=shadow_id).first() if is_id(shadow_id) else None
    if shadow is None:
        raise UnknownShadow(f"Shadow {shadow_id} does not exist.")
    return shadow


def running_shadow() -> Shadow | None:
    """Return the rules that decide in the shadow now, if any."""
    return Shadow.objects.defer("rules", "world", "result").filter(state="running").first()


def next_look(shadow: Shadow) -> datetime | None:
    """Return when a worker looks what is new; None while one does, and once it has ended."""
    return shadow.due_at if shadow.state == "running" and not shadow.runner else None


def result_of(shadow: Shadow) -> dict[str, Any] | None:
    """Return its figures, as far as it has decided, with how many would be otherwise; None before its first look."""
    result: dict[str, Any] | None = shadow.result
    if result is None:
        return None
    return result | {"differing": differences_of(shadow.pk).count() + int(result["differences_left_off"])}


def differences_of(shadow_id: int, *, person_id: int | None = None) -> QuerySet[ShadowDifference]:
    """Return what would be otherwise, newest first; of one person, what they would get or lose."""
    rows = ShadowDifference.objects.filter(shadow_id=shadow_id).select_related("contact").order_by("-at", "-id")
    if person_id is None:
        return rows
    return rows.filter(Q(would__person_ids__contains=[person_id]) | Q(happened__person_ids__contains=[person_id]))
