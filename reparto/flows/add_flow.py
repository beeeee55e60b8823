"""
Keep a new flow as a draft; it does nothing until it is published.

Only an administrator may.
"""

from dataclasses import fields
from datetime import datetime

from reparto.kit.audit import record_audit
from reparto.kit.faults import Faults
from reparto.kit.live import publish
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .flow_draft import FlowDraft
from .models import Flow
from .read_flow import read_flow
from .refuse_suspended import refuse_suspended
from .show_flow import put_into_flow, show_flow


def add_flow(draft: FlowDraft, *, actor: Actor, at: datetime) -> Flow:
    """
    Add a flow as a draft.

    Raises:
        NotAllowed: The actor does not manage flows.
        Invalid: Something is wrong with the flow; has all faults.

    """
    check(actor, "flows.manage")
    faults = Faults()
    values = read_flow({field.name: getattr(draft, field.name) for field in fields(draft)}, faults=faults)
    refuse_suspended(values.get("steps", ()), before=(), faults=faults)
    faults.check()
    flow = Flow(organization_id=actor.organization_id)
    put_into_flow(flow, values)
    flow.save(force_insert=True)
    record_audit(
        actor.person_id,
        "flow.add",
        object_kind="flow",
        object_id=flow.pk,
        before=None,
        after=show_flow(flow),
        at=at,
    )
    publish(actor.organization_id, "flows", [flow.pk])
    return flow
