"""
Make a sitting's decisions so: trace, owner, ledger, assignees, loads, turns and tags, in bulk.

The statements ask nothing back, so that the caller can send them in one round trip. It must run under the desk's
lock; it decides nothing.
"""

from collections.abc import Sequence
from datetime import datetime

from reparto.engine import Decision
from reparto.kit.prepared import prepared_cursor
from reparto.notifications.notify_assignees import Told

from .keep_tries import keep_tries
from .read_line import Waits
from .take_snapshot import Taken
from .write_assigned import write_assigned
from .write_decisions import Made, Order, tags


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
        waiting = [one for one in made if one.decision.outcome in ("queued", "unmatched")]
        fresh = [_is_new(one.waits, one.decision) for one in waiting]
        keep_tries(order, waiting, new=fresh, version=taken.snapshot.rule_set.version)
    return tuple(_told(one) for one in new if one.decision.outcome == "assigned")


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
