"""
Let the rules in the shadow decide what is new. Nobody obeys them.

They follow the desk page by page; where any of them waits for a time, all since they began is lived through anew.
"""

from collections.abc import Callable
from datetime import datetime
from secrets import token_hex

from reparto.assignment.read_limits import time_rules
from reparto.engine import thaw_rule_set
from reparto.kit.clock import TOO_FAR, now
from reparto.kit.live import publish
from reparto.kit.tenancy import in_organization

from .follow_desk import follow_desk
from .models import Shadow
from .replay_shadow import LEAST, replay_shadow


def work_shadow(organization_id: int, *, clock: Callable[[], datetime] = now) -> bool:
    """Decide what is new, if nobody is at it; say whether there may be more."""
    with in_organization(organization_id):
        shadow = Shadow.objects.select_for_update(skip_locked=True).filter(state="running").first()
        if shadow is None:
            return False
        rule_set, at = thaw_rule_set(shadow.rules), clock()
        if not time_rules(rule_set):
            return follow_desk(shadow, rule_set, at=at)
        if at < shadow.due_at <= at + TOO_FAR:
            return False
        _claim(shadow, at)
    replay_shadow(shadow, rule_set, clock=clock)
    return False


def _claim(shadow: Shadow, at: datetime) -> None:
    shadow.runner, shadow.due_at = token_hex(16), at + LEAST
    shadow.save(update_fields=["runner", "due_at"])
    publish(shadow.organization_id, "shadows", [shadow.pk])
