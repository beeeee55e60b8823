"""
Change the rules while nobody decides, and let what waits be judged by them afterwards.

What may be changed, and by whom, is the verbs' of `rules`.
"""

from collections.abc import Callable
from datetime import datetime

from reparto.people.actor import Actor
from reparto.people.permissions import check

from .halt_sweep import close_halts
from .lock_desk import lock_desk
from .wake_waiting import wake_waiting


def change_rules[Result](change: Callable[[], Result], *, actor: Actor, at: datetime) -> Result:
    """Do a change of the rules under the desk's lock. Raises what the change raises, and NotAllowed before the lock."""
    check(actor, "rules.manage")
    lock_desk(actor.organization_id)
    result = change()
    # What an administrator let go on was asked of the rules as they were.
    close_halts()
    wake_waiting(actor.organization_id, reason="rules", at=at)
    return result
