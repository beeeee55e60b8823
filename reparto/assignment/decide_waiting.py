"""
Decide what waits: lock → snapshot → decide → record → tell, for all that is due, in one transaction.

It must not parse messages; whatever brings work puts it in line first.
"""

from datetime import datetime

from django.db import connection

from reparto import engine
from reparto.kit.tenancy import in_organization
from reparto.notifications.notify_assignees import notify_assignees

from .lock_desk import lock_desk
from .record_decisions import record_decisions
from .take_snapshot import take_snapshot

#: As many as one transaction decides: the lock is held for as long as they take.
BATCH = 500


def decide_waiting(organization_id: int, *, at: datetime, limit: int = BATCH) -> int:
    """
    Decide what waits in one organization, oldest first, and make it so; return how many items were looked at.

    An item that nobody can take is queued or unmatched and keeps its place.
    """
    with in_organization(organization_id):
        # One decider per organization. Two workers that read the same loads would both
        # choose the same agent; a batch is short, so taking turns is cheap.
        lock_desk(organization_id)
        return decide_at_desk(organization_id, at=at, limit=limit)


def decide_at_desk(organization_id: int, *, at: datetime, limit: int = BATCH) -> int:
    """Do the same under a lock that the caller holds, in the caller's transaction."""
    taken = take_snapshot(organization_id, at=at, limit=limit)
    if taken is None:
        return 0
    decisions = engine.decide(taken.snapshot)
    # No statement waits for another's answer, so all of them leave in one round trip. Notices are written in the
    # same transaction: no assignment without its notice, nor the reverse.
    with connection.connection.pipeline():
        recorded = record_decisions(organization_id, taken, decisions, at=at)
        notify_assignees(organization_id, recorded, at=at)
    return len(taken.line) + len(taken.closed)
