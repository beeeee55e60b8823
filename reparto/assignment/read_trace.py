"""
The trace of a decision, whole: what its sitting shares is put back in its place.

It reads what was stored with the decision and derives nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from reparto.engine import thaw_effects, thaw_trace

from .models import Decision, Sitting


def read_trace(decision: Decision) -> dict[str, Any]:
    """Return {steps, candidates} of one decision, of a rule's also {tags, template_id}; by hand, what was `before`."""
    return read_traces([decision])[decision.pk]


def read_traces(decisions: Iterable[Decision]) -> dict[int, dict[str, Any]]:
    """Return the traces of many decisions by id, in one query."""
    wanted = list(decisions)
    return whole_traces(wanted, shared_rows(wanted))


def shared_rows(decisions: Iterable[Decision]) -> QuerySet[Sitting, tuple[int, dict[str, Any]]]:
    """Return what the sittings of these decisions share, for `whole_traces`."""
    sittings = Sitting.objects.filter(pk__in={one.sitting_id for one in decisions if one.sitting_id})
    return sittings.values_list("id", "traces")


def whole_traces(
    decisions: Iterable[Decision], rows: Iterable[tuple[int, dict[str, Any]]]
) -> dict[int, dict[str, Any]]:
    """Return the traces of decisions by id, of whose sittings `shared_rows` were read."""
    shared = dict(rows)
    return {one.pk: _whole(one, shared.get(one.sitting_id or 0)) for one in decisions}


def _whole(decision: Decision, shared: dict[str, Any] | None) -> dict[str, Any]:
    row: dict[str, Any] = decision.trace
    return row if shared is None else {**thaw_trace(row, shared=shared), **thaw_effects(row, shared=shared)}


def turn_of(decision: Decision, steps: Iterable[Mapping[str, Any]]) -> dict[str, Any] | None:
    """
    Return the rule's cursor before and after a decision: the number of the turn, whose the last one was and is now.

    `before` is None for the first turn, and by criteria that do not go by whoever was last. None: no turn was dealt.
    """
    chosen = (one.get("detail") or {} for one in steps if one["kind"] == "rule" and one["verdict"] == "chosen")
    detail = next((one for one in chosen if "sequence" in one), None)
    if detail is None or not decision.person_ids:
        return None
    turn = {"sequence": detail["sequence"], "before": detail.get("last_person_id"), "after": decision.person_ids[0]}
    return turn | {name: detail.get(name, preset) for name, preset in (("due", None), ("tied_ids", []), ("line", []))}
