"""
Stop rules that decide in the shadow, or put them in force: what they would have done stays to be read.

It publishes nothing itself: whoever publishes the draft says so.
"""

from datetime import datetime
from typing import Literal

from reparto.kit.audit import record_audit
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .models import Shadow
from .queries import find_shadow


def stop_shadow(
    shadow_id: int, *, actor: Actor, at: datetime, state: Literal["stopped", "published"] = "stopped"
) -> Shadow:
    """Return the rules as they stand then; ended ones stay as they are. Raises NotAllowed and UnknownShadow."""
    check(actor, "rules.manage")
    shadow = find_shadow(shadow_id, locked=True)
    if shadow.state != "running":
        return shadow
    shadow.state, shadow.ended_at, shadow.world = state, at, {}
    shadow.save(update_fields=["state", "ended_at", "world"])
    after = {"state": state, "name": shadow.name}
    record_audit(
        actor.person_id, "shadow.stop", object_kind="shadow", object_id=shadow.pk, before=None, after=after, at=at
    )
    return shadow
