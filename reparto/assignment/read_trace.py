"""
The trace of a decision, whole: what its sitting shares is put back in its place.

It reads what was stored with the decision and derives nothing.
"""

from collections.abc import Iterable
from typing import Any

from reparto.engine import thaw_trace

from .models import Decision, Sitting


def read_trace(decision: Decision) -> dict[str, Any]:
    """Return {steps, candidates} of one decision; one by hand also says what was `before`."""
    return read_traces([decision])[decision.pk]


def read_traces(decisions: Iterable[Decision]) -> dict[int, dict[str, Any]]:
    """Return the traces of many decisions by id, in one query."""
    wanted = list(decisions)
    sittings = Sitting.objects.filter(pk__in={one.sitting_id for one in wanted if one.sitting_id})
    shared = dict(sittings.values_list("id", "traces"))
    return {one.pk: _whole(one, shared.get(one.sitting_id or 0)) for one in wanted}


def _whole(decision: Decision, shared: dict[str, Any] | None) -> dict[str, Any]:
    return decision.trace if shared is None else thaw_trace(decision.trace, shared=shared)
