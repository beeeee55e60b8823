"""
Begin the flows that something asks for: one run a cause, and in one conversation a flow is at work once at a time.

It takes no step. The caller holds the desk.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Q

from reparto.contacts.read_facts import read_facts

from .fits_trigger import fits_trigger
from .happened import Happened
from .meets_filters import meets_filters
from .models import FlowVersion, Run
from .queries import versions_in_force

#: So often in so long a flow begins for one contact: two programs that answer each other come to an end.
MOST_RUNS = 10
WITHIN = timedelta(hours=1)

type Wanted = tuple[FlowVersion, Happened]
type Pair = tuple[int, int]  #: flow and contact, or flow and conversation


def begin_runs(organization_id: int, happened: Sequence[Happened], *, at: datetime) -> None:
    """Begin what these events ask for by the versions in force; a cause that began a flow begins it no second time."""
    if not happened:
        return
    wanted = [
        (version, one) for version in versions_in_force() for one in happened if fits_trigger(version.trigger, one)
    ]
    fitting = _new(_filtered(wanted, at)) if wanted else []
    if fitting:
        worn, told = _too_often(fitting, at)
        reasons = _why_not(fitting, worn, _at_work(fitting))
        runs = [_run(organization_id, *one, at) for one, reason in zip(fitting, reasons, strict=True) if not reason]
        # Of what does not begin one entry an hour says so: two programs must not fill the table, either.
        silent = {_pair(*one): (one, why) for one, why in zip(fitting, reasons, strict=True) if why}
        runs += [_unbegun(organization_id, *one, at, why) for pair, (one, why) in silent.items() if pair not in told]
        Run.objects.bulk_create(runs, ignore_conflicts=True)


def _filtered(wanted: Sequence[Wanted], at: datetime) -> list[Wanted]:
    facts = read_facts({one.contact_id for version, one in wanted if version.filters})
    return [
        (version, one)
        for version, one in wanted
        if meets_filters(version.filters, one.contact_id, at=at, facts=facts.get(one.contact_id))
    ]


def _new(wanted: Sequence[Wanted]) -> list[Wanted]:
    """Leave out what was heard before: its cause has its run, or the entry that says why it has none."""
    flows, causes = {version.flow_id for version, _ in wanted}, {one.cause for _, one in wanted}
    heard = set(Run.objects.filter(flow_id__in=flows, cause__in=causes).values_list("flow_id", "cause"))
    return [(version, one) for version, one in wanted if (version.flow_id, one.cause) not in heard]


def _pair(version: FlowVersion, one: Happened) -> Pair:
    return version.flow_id, one.contact_id


def _too_often(wanted: Sequence[Wanted], at: datetime) -> tuple[set[Pair], set[Pair]]:
    """Return which flows began too often of late for which contacts, and of which that was said already."""
    rows = Run.objects.filter(
        flow_id__in={version.flow_id for version, _ in wanted},
        contact_id__in={one.contact_id for _, one in wanted},
        begun_at__gt=at - WITHIN,
    )
    unbegun = Q(step=[])
    counts = {"runs": Count("id", filter=~unbegun), "told": Count("id", filter=unbegun)}
    counted = list(rows.values_list("flow_id", "contact_id").annotate(**counts).order_by())
    worn = {(flow, contact) for flow, contact, runs, _ in counted if runs >= MOST_RUNS}
    return worn, {(flow, contact) for flow, contact, _, told in counted if told}


def _at_work(wanted: Sequence[Wanted]) -> set[Pair]:
    """Return which flows are at work in which conversations."""
    talks = {one.conversation_id for _, one in wanted if one.conversation_id}
    rows = Run.objects.filter(flow_id__in={version.flow_id for version, _ in wanted}, conversation_id__in=talks)
    return set(rows.filter(state="running").values_list("flow_id", "conversation_id"))


def _why_not(wanted: Sequence[Wanted], worn: set[Pair], busy: set[Pair]) -> list[str]:
    """Return for each, in order, why it does not begin; what begins is at work when the next one is heard."""
    reasons, busy = [], set(busy)
    for version, one in wanted:
        place = (version.flow_id, one.conversation_id or 0)
        at_work = "at_work" if place in busy else ""
        reasons.append(at_work or ("too_often" if _pair(version, one) in worn else ""))
        if one.conversation_id and not reasons[-1]:
            busy.add(place)
    return reasons


def _run(organization_id: int, version: FlowVersion, one: Happened, at: datetime) -> Run:
    return Run(
        organization_id=organization_id,
        flow_id=version.flow_id,
        version=version,
        contact_id=one.contact_id,
        conversation_id=one.conversation_id,
        cause=one.cause,
        step=[0],
        due_at=one.due_at or at,
        begun_at=at,
    )


def _unbegun(organization_id: int, version: FlowVersion, one: Happened, at: datetime, reason: str) -> Run:
    """Return the entry of a run that takes no step: it stands nowhere, and its story says why."""
    run = _run(organization_id, version, one, at)
    run.step, run.state, run.ended_at = [], "stopped", at
    run.story = [{"step": [], "kind": "begin", "at": at.isoformat(), "came_to": reason}]
    return run
