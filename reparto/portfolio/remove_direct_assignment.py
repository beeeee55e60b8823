"""
Take one client out of the portfolio of an account.

Who attends them now goes on doing so.
"""

from datetime import datetime

from reparto.kit.audit import record_audit
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .add_direct_assignment import show_direct_assignment
from .queries import find_direct_assignment, remove_row


def remove_direct_assignment(row_id: int, *, actor: Actor, at: datetime) -> None:
    """
    Remove a row.

    Raises:
        NotAllowed: The actor does not manage the portfolio.
        UnknownDirectAssignment: There is no such row here.

    """
    check(actor, "portfolio.manage")
    row = find_direct_assignment(row_id)
    remove_row(row)
    record_audit(
        actor.person_id,
        "portfolio.remove",
        object_kind="direct_assignment",
        object_id=row_id,
        before=show_direct_assignment(row),
        after=None,
        at=at,
    )
