"""
Add to a conversation that somebody works already whom a flow named: nobody goes, and whoever has it stays.

The engine says who may receive, as if everybody were here now: being away is no reason against, for somebody has the
conversation meanwhile; being full is (EC-33). The contact's owner stays. It must run under the desk's lock.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from reparto.conversations.assigned import Assigned
from reparto.conversations.change_assignees import Change, change_assignees
from reparto.conversations.models import Conversation
from reparto.engine import Agent, Candidate, Nomination, Snapshot, WorkItem, decide
from reparto.kit.live import publish_all
from reparto.notifications.notify_assignees import Told, notify_assignees

from .models import Decision
from .read_bench import Bench, read_bench


def add_nominated(talk: Conversation, there: Assigned, nomination: Nomination, *, at: datetime) -> Decision | None:
    """Add whoever is new and may receive, with a decision that names the flow; None when nobody is added."""
    bench = read_bench(at=at)
    judged = _judge(talk, there, nomination, bench, at)
    people = tuple(one.person_id for one in judged if one.verdict == "chosen")
    new = dict.fromkeys(nomination.group_ids)
    groups = tuple(group for group in new if group in bench.groups and group not in there.group_ids)
    if not people and not groups:
        return None
    decision = _write(talk, _trace(nomination, people, groups, judged), at=at)
    change = Change(talk.pk, come_people=people, come_groups=groups)
    change_assignees(talk.organization_id, change, route="flow", decision_id=decision.pk, at=at)
    notify_assignees(talk.organization_id, [Told(people, talk.contact_id, talk.pk, decision.pk)], at=at)
    publish_all(talk.organization_id, {"conversations": (talk.pk,), "waiting": ()})
    return decision


def _judge(
    talk: Conversation, there: Assigned, nomination: Nomination, bench: Bench, at: datetime
) -> Sequence[Candidate]:
    """Return the engine's verdict on each person named who is not there yet."""
    new = tuple(one for one in dict.fromkeys(nomination.person_ids) if one not in there.person_ids)
    item = WorkItem(
        id=0,
        contact_id=talk.contact_id,
        conversation_id=talk.pk,
        account_id=talk.account_id,
        channel=talk.account.kind,  # type: ignore[arg-type]  # one of the channels, by its table
        campaign_id=talk.contact.campaign_id,
        nomination=Nomination(nomination.flow_id, new),
    )
    agents = {one: _here(bench.agents[one], at) for one in new if one in bench.agents}
    snapshot = Snapshot(at=at, items=(item,), agents=agents, policy=bench.policy)
    (decided,) = decide(snapshot)
    return decided.candidates


def _here(agent: Agent, at: datetime) -> Agent:
    return replace(agent, availability="available", away_until=None, last_seen_at=at, hours=(), absences=())


def _trace(
    nomination: Nomination, people: tuple[int, ...], groups: tuple[int, ...], judged: Sequence[Candidate]
) -> dict[str, Any]:
    detail = {
        "flow_id": nomination.flow_id,
        "flow_name": nomination.flow_name,
        "person_ids": list(people),
        "group_ids": list(groups),
    }
    return {
        "steps": [{"kind": "flow", "verdict": "chosen", "reason": "named_by_flow", "detail": detail}],
        "candidates": [_candidate(one) for one in judged],
    }


def _candidate(one: Candidate) -> dict[str, Any]:
    shown = {name: value for name, value in one.detail.items() if isinstance(value, int | str)}
    return {"person_id": one.person_id, "verdict": one.verdict, "reason": one.reason, "detail": shown}


def _write(talk: Conversation, trace: dict[str, Any], *, at: datetime) -> Decision:
    added = trace["steps"][0]["detail"]
    return Decision.objects.create(
        organization_id=talk.organization_id,
        at=at,
        contact_id=talk.contact_id,
        conversation_id=talk.pk,
        outcome="assigned",
        route="flow",
        owner_id=talk.contact.owner_id,
        person_ids=added["person_ids"],
        group_ids=added["group_ids"],
        reason="named_by_flow",
        trace=trace,
    )
