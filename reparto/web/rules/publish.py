"""
Change the rules from a page: nobody decides meanwhile, and what waits is judged by them afterwards.

What may be changed, and by whom, is the verbs'.
"""

from collections.abc import Callable
from datetime import datetime

from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.wake_waiting import wake_waiting
from reparto.people.actor import Actor
from reparto.people.permissions import check


def publish[Result](change: Callable[[], Result], *, actor: Actor, at: datetime) -> Result:
    """Do a change of the rules under the desk's lock. Raises what the change raises, and NotAllowed before the lock."""
    check(actor, "rules.manage")
    lock_desk(actor.organization_id)
    result = change()
    wake_waiting(actor.organization_id, reason="rules", at=at)
    return result
