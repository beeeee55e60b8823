"""
Freeze the draft of a flow into a new version, which is in force from now on.

What runs already keeps the version with which it began.
"""

from datetime import datetime

from django.utils.translation import gettext

from reparto.assignment.lock_desk import lock_desk
from reparto.kit.audit import record_audit
from reparto.kit.check_version import check_version
from reparto.kit.faults import Faults
from reparto.kit.live import publish
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .models import Flow, FlowVersion
from .queries import lock_flow, next_number, version_in_force
from .read_flow import read_flow
from .show_flow import FROZEN, differs, show_flow


def publish_flow(flow_id: int, *, actor: Actor, at: datetime, if_version: int | None = None) -> Flow:
    """
    Publish a flow; one whose draft is in force already stays as it is.

    Raises:
        NotAllowed: The actor does not manage flows.
        UnknownFlow: There is no such flow here.
        StaleVersion: Somebody changed it since the actor looked.
        Invalid: It has no steps, or something has become wrong with it since it was written.

    """
    check(actor, "flows.manage")
    lock_desk(actor.organization_id)
    flow = lock_flow(flow_id)
    check_version(flow.version, if_version)
    _check_whole(flow)
    if not differs(flow, version_in_force(flow)):
        return flow
    version = FlowVersion(
        organization_id=actor.organization_id,
        flow=flow,
        number=next_number(flow),
        published_at=at,
        publisher_id=actor.person_id,
        **{name: getattr(flow, name) for name in FROZEN},
    )
    version.save(force_insert=True)
    flow.published_number, flow.published_at = version.number, at
    flow.version += 1
    flow.save(update_fields=["published_number", "published_at", "version"])
    _record(flow, actor, at)
    return flow


def _check_whole(flow: Flow) -> None:
    faults = Faults()
    read_flow(show_flow(flow), faults=faults)
    if not flow.steps:
        faults.add("steps", "empty", gettext("Add at least one step."))
    faults.check()


def _record(flow: Flow, actor: Actor, at: datetime) -> None:
    after = {name: getattr(flow, name) for name in FROZEN} | {"number": flow.published_number}
    record_audit(
        actor.person_id, "flow.publish", object_kind="flow", object_id=flow.pk, before=None, after=after, at=at
    )
    publish(actor.organization_id, "flows", [flow.pk])
