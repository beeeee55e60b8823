"""
Make a sitting's decisions so: trace, owner, ledger, assignees, loads, turns and tags, in bulk.

The statements ask nothing back, so that the caller can send them in one round trip. It must run under the desk's
lock; it decides nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from reparto.engine import Decision, freeze_decisions
from reparto.kit.prepared import prepared_cursor
from reparto.notifications.notify_assignees import Told

from . import write_decisions as write
from .read_line import Waits
from .take_snapshot import Taken
from .write_decisions import Made


def record_decisions(
    organization_id: int, taken: Taken, decisions: Sequence[Decision], *, at: datetime
) -> tuple[Told, ...]:
    """Write what was decided; return who is to be told of what."""
    made = [
        Made(waits, decision, place) for place, (waits, decision) in enumerate(zip(taken.line, decisions, strict=True))
    ]
    traces, new = freeze_traces([one for one in made if _is_new(one.waits, one.decision)])
    assigned = [one for one in new if one.decision.outcome == "assigned"]
    with prepared_cursor() as cursor:
        order = write.Order(cursor, organization_id, at)
        if new:
            write.sitting(order, taken, traces)
            write.decisions(order, new)
        if assigned:
            write.owners(order, [one for one in assigned if one.decision.owner_changed])
            write.assignees(order, assigned)
            write.cursors(order, assigned)
            write.tags(order, assigned)
        write.line(order, made, closed=taken.closed)
        write.live(order, assigned)
    return tuple(_told(one) for one in assigned)


def freeze_traces(made: Sequence[Made]) -> tuple[dict[str, Any], list[Made]]:
    """Return what the traces have in common, and the decisions each with its own small part."""
    shared, rows = freeze_decisions([one.decision for one in made])
    own: list[dict[str, Any]] = [{name: row[name] for name in ("steps", "candidates") if name in row} for row in rows]
    return shared, [replace(one, trace=trace) for one, trace in zip(made, own, strict=True)]


def _is_new(waits: Waits, decision: Decision) -> bool:
    """Say whether a decision tells anything new; a stay and a wait for the same reason as before do not."""
    if decision.outcome == "stays":
        return False
    return (waits.outcome, waits.reason) != (decision.outcome, decision.reason)


def _told(one: Made) -> Told:
    return Told(
        person_ids=one.decision.person_ids,
        contact_id=one.waits.item.contact_id,
        conversation_id=one.waits.item.conversation_id,
        decision_id=one.waits.decision_id,
        template_id=one.decision.template_id,
        rule_id=one.decision.rule_id,
    )
