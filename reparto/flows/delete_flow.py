"""
Remove a flow: it is listed no more and begins nothing, and what it had under way ends.

Its versions and runs stay, for what they did is answered from them.
"""

from datetime import datetime

from reparto.assignment.lock_desk import lock_desk
from reparto.kit.audit import record_audit
from reparto.kit.check_version import check_version
from reparto.kit.live import publish
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .models import Run
from .queries import lock_flow
from .show_flow import show_flow


def delete_flow(flow_id: int, *, actor: Actor, at: datetime, if_version: int | None = None) -> None:
    """
    Remove a flow.

    Raises:
        NotAllowed: The actor does not manage flows.
        UnknownFlow: There is no such flow here, or not any more.
        StaleVersion: Somebody changed it since the actor looked.

    """
    check(actor, "flows.manage")
    # Steps are taken at the desk: nobody is half-way through one while this flow goes.
    lock_desk(actor.organization_id)
    flow = lock_flow(flow_id)
    check_version(flow.version, if_version)
    flow.removed_at, flow.active = at, False
    flow.version += 1
    flow.save(update_fields=["removed_at", "active", "version"])
    Run.objects.filter(flow=flow, state="running").update(state="stopped", ended_at=at)
    before = show_flow(flow)
    record_audit(
        actor.person_id, "flow.delete", object_kind="flow", object_id=flow.pk, before=before, after=None, at=at
    )
    publish(actor.organization_id, "flows", [flow.pk])
