"""
Change the draft of a flow, or switch the flow on or off.

The version in force and the runs of it stay as they are; a flow that is switched off begins nothing, and what it had
under way ends.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from reparto.assignment.lock_desk import lock_desk
from reparto.kit.audit import record_edit
from reparto.kit.check_version import check_version
from reparto.kit.faults import Faults
from reparto.kit.live import publish
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .models import Flow, Run
from .queries import lock_flow
from .read_flow import read_flow
from .refuse_suspended import refuse_suspended
from .show_flow import put_into_flow, show_flow


def edit_flow(
    flow_id: int, changes: Mapping[str, Any], *, actor: Actor, at: datetime, if_version: int | None = None
) -> Flow:
    """
    Change the fields that are given.

    Raises:
        NotAllowed: The actor does not manage flows.
        UnknownFlow: There is no such flow here.
        StaleVersion: Somebody changed it since the actor looked.
        Invalid: Something is wrong with the changes; has all faults.

    """
    check(actor, "flows.manage")
    # Steps are taken at the desk: nobody is half-way through one while this flow is switched off.
    lock_desk(actor.organization_id)
    flow = lock_flow(flow_id)
    check_version(flow.version, if_version)
    before = show_flow(flow)
    faults = Faults()
    values = read_flow(changes, faults=faults)
    refuse_suspended(values.get("steps", ()), before=before["steps"], faults=faults)
    faults.check()
    put_into_flow(flow, values)
    flow.version += 1
    flow.save()
    if before["active"] and not flow.active:
        Run.objects.filter(flow=flow, state="running").update(state="stopped", ended_at=at)
    states = (before, show_flow(flow))
    record_edit(actor.person_id, "flow.edit", object_kind="flow", object_id=flow.pk, states=states, at=at)
    publish(actor.organization_id, "flows", [flow.pk])
    return flow
