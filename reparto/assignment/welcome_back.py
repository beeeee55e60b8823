"""
Somebody shows a sign of life after a while: what waits is tried again.

It decides nothing: the worker does, after the commit.
"""

from datetime import datetime

from .lock_desk import lock_desk
from .wake_waiting import wake_waiting


def welcome_back(organization_id: int, *, at: datetime) -> None:
    """Let what waits be tried, under the desk's lock: what a decision under way leaves in the queue is found too."""
    lock_desk(organization_id)
    wake_waiting(organization_id, reason="people", at=at)
