"""
Change what the desk depends on from a page: people, receiving, modes. Nobody decides meanwhile; what waits is tried.

What may be changed, and by whom, is the verbs'.
"""

from collections.abc import Callable
from datetime import datetime

from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.wake_waiting import wake_waiting
from reparto.people.actor import Actor


def change_desk[Result](change: Callable[[], Result], *, actor: Actor, at: datetime) -> Result:
    """Do a change under the desk's lock. Raises what the change raises."""
    lock_desk(actor.organization_id)
    result = change()
    wake_waiting(actor.organization_id, reason="people", at=at)
    return result
