"""
Let those come back who said until when they are away; what waits for somebody like them is tried again.

It decides nothing: the worker does, after the commit.
"""

from datetime import datetime

from reparto.people.end_absences import end_absences

from .lock_desk import lock_desk
from .wake_waiting import wake_waiting


def bring_back(organization_id: int, *, at: datetime) -> list[int]:
    """Let those come back whose absence has ended; return who they are. Takes the desk."""
    lock_desk(organization_id)
    back = end_absences(organization_id, at=at)
    if back:
        wake_waiting(organization_id, reason="people", at=at)
    return back
