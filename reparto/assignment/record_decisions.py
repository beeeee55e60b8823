"""
Make a sitting's decisions so: trace, owner, ledger, assignees, loads, turns and tags, in bulk.

The statements ask nothing back, so that the caller can send them in one round trip. It must run under the desk's
lock; it decides nothing.
"""

from collections.abc import Sequence
from datetime import datetime

from reparto.engine import Decision
from reparto.kit.prepared import prepared_cursor
from reparto.kit.write_array import write_array
from reparto.notifications.notify_assignees import Told

from .read_line import Waits
from .take_snapshot import Taken
from .write_assigned import write_assigned
from .write_decisions import Made, Order, tags

#: What waits on is told why and until when.
WAIT_ON = """
UPDATE assignment_waiting w
SET outcome = t.outcome, reason = t.reason, due_at = t.due_at,
    decision_id = CASE WHEN t.new THEN t.decision ELSE w.decision_id END
FROM unnest(%(ids)s::bigint[], %(outcomes)s::text[], %(reasons)s::text[], %(due)s::timestamptz[],
            %(decisions)s::bigint[], %(new)s::bool[]) AS t (id, outcome, reason, due_at, decision, new)
WHERE w.id = t.id
"""


def record_decisions(
    organization_id: int, taken: Taken, decisions: Sequence[Decision], *, at: datetime
) -> tuple[Told, ...]:
    """Write what was decided; return who is to be told of what."""
    made = [
        Made(waits, decision, place) for place, (waits, decision) in enumerate(zip(taken.line, decisions, strict=True))
    ]
    new = [one for one in made if _is_new(one.waits, one.decision)]
    done = [one.waits.item.id for one in made if one.decision.outcome in ("assigned", "stays")]
    with prepared_cursor() as cursor:
        order = Order(cursor, organization_id, at)
        write_assigned(order, taken, new, done=[*done, *taken.closed])
        tags(order, new)
        _wait_on(order, [one for one in made if one.decision.outcome in ("queued", "unmatched")])
    return tuple(_told(one) for one in new if one.decision.outcome == "assigned")


def _is_new(waits: Waits, decision: Decision) -> bool:
    """Say whether a decision tells anything new; a stay and a wait for the same reason as before do not."""
    if decision.outcome == "stays":
        return False
    return (waits.outcome, waits.reason) != (decision.outcome, decision.reason)


def _wait_on(order: Order, waiting: Sequence[Made]) -> None:
    if not waiting:
        return
    order.run(
        WAIT_ON,
        ids=write_array(one.waits.item.id for one in waiting),
        outcomes=write_array(one.decision.outcome for one in waiting),
        reasons=write_array(one.decision.reason for one in waiting),
        due=[one.decision.next_try_at for one in waiting],
        decisions=write_array(one.waits.decision_id for one in waiting),
        new=[_is_new(one.waits, one.decision) for one in waiting],
    )


def _told(one: Made) -> Told:
    return Told(
        person_ids=one.decision.person_ids,
        contact_id=one.waits.item.contact_id,
        conversation_id=one.waits.item.conversation_id,
        decision_id=one.waits.decision_id,
        template_id=one.decision.template_id,
        rule_id=one.decision.rule_id,
    )
