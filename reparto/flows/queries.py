"""
Reads of flows, of the versions in force, and of their runs.

All inside an entered organization; it begins nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, Max, Q, QuerySet

from reparto.kit.read_choice import is_id

from .models import Flow, FlowVersion, Run


class UnknownFlow(LookupError):
    """No such flow in this organization."""


def all_flows() -> QuerySet[Flow]:
    """Return the flows in the order in which they were made."""
    return Flow.objects.filter(removed_at=None).order_by("id")


def find_flow(flow_id: int) -> Flow:
    """Return a flow. Raises UnknownFlow."""
    flow = all_flows().filter(pk=flow_id).first() if is_id(flow_id) else None
    if flow is None:
        raise UnknownFlow(f"Flow {flow_id} does not exist.")
    return flow


def lock_flow(flow_id: int) -> Flow:
    """Return a flow as it is now and hold its row until the transaction ends. Raises UnknownFlow."""
    flow = all_flows().select_for_update().filter(pk=flow_id).first() if is_id(flow_id) else None
    if flow is None:
        raise UnknownFlow(f"Flow {flow_id} does not exist.")
    return flow


def version_in_force(flow: Flow) -> FlowVersion | None:
    """Return the published version of a flow; None while it is a draft."""
    if flow.published_number is None:
        return None
    return FlowVersion.objects.filter(flow=flow, number=flow.published_number).first()


def versions_in_force() -> list[FlowVersion]:
    """Return the published versions of all active flows, the oldest flow first (one query)."""
    # A flow that was removed is switched off too.
    rows = FlowVersion.objects.filter(flow__active=True, flow__published_number=F("number"))
    return list(rows.order_by("flow_id"))


def versions_of(flow_ids: Iterable[int]) -> dict[int, FlowVersion]:
    """Return the version in force of each of these flows that has one, by flow."""
    rows = FlowVersion.objects.filter(flow_id__in=list(flow_ids), flow__published_number=F("number"))
    return {row.flow_id: row for row in rows}


def count_runs_under_way(flow_id: int) -> int:
    """Return how many runs of a flow are under way."""
    return Run.objects.filter(flow_id=flow_id, state="running").count()


def flows_naming(person_id: int) -> list[Flow]:
    """Return the flows that name a person, in their draft, in the version in force or in one still at work."""
    return _naming("person_ids", person_id, among=all_flows())


def flows_with_group(group_id: int) -> list[Flow]:
    """Return the flows that name a group: in their draft, in the version in force, or in one that is still at work."""
    among = Flow.objects.filter(Q(removed_at=None) | Q(pk__in=_under_way().values("flow_id"))).order_by("id")
    return _naming("group_ids", group_id, among=among)


def _naming(key: str, named: int, *, among: Iterable[Flow]) -> list[Flow]:
    flows = {flow.pk: flow for flow in among}
    steps = {flow.pk: [flow.steps] for flow in flows.values()}
    kept = Q(flow__published_number=F("number")) | Q(pk__in=_under_way().values("version_id"))
    for version in FlowVersion.objects.filter(kept, flow_id__in=flows):
        steps[version.flow_id].append(version.steps)
    return [flow for pk, flow in flows.items() if any(_names(one, key, named) for one in steps[pk])]


def _under_way() -> QuerySet[Run]:
    return Run.objects.filter(state="running")


def _names(steps: Sequence[Mapping[str, Any]], key: str, named: int) -> bool:
    return any(named in step.get(key, ()) or _names(step.get("otherwise", ()), key, named) for step in steps)


def next_number(flow: Flow) -> int:
    """Return the number of a flow's next version; the caller holds its row."""
    return (FlowVersion.objects.filter(flow=flow).aggregate(last=Max("number"))["last"] or 0) + 1


def runs_of(flow_id: int) -> QuerySet[Run]:
    """Return the runs of a flow with their contacts, newest first."""
    return Run.objects.filter(flow_id=flow_id).select_related("contact", "version").order_by("-id")
