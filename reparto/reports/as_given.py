"""
People as they are after a sitting: as it was told of them, and with what it gave them.

Only the next sitting is told of that; whoever looks between the two asks here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from reparto.engine import Agent, WorkItem

from .brings import brings, takes


@dataclass(frozen=True, slots=True)
class Sat:
    """What a sitting gave: each item, and to whom."""

    at: datetime
    given: tuple[tuple[WorkItem, tuple[int, ...]], ...] = ()


def as_given(agents: Mapping[int, Agent], sat: Sat, *, at: datetime) -> Mapping[int, Agent]:
    """Return the people at an instant after a sitting."""
    found = {person: _later(agent, sat.at, at) for person, agent in agents.items()}
    for item, people in sat.given:
        for person, agent, effort in _changed(found, item, people):
            found[person] = _with(agent, item, effort, None if person not in people else sat.at)
    return found


def _changed(agents: Mapping[int, Agent], item: WorkItem, people: tuple[int, ...]) -> Iterator[tuple[int, Agent, int]]:
    """Whoever got it, with what it is to do; and whoever had it before a sweep took it."""
    for person in people:
        if person in agents:
            yield person, agents[person], brings(item, person)
    former = item.owner_id
    if item.due_rule_ids and former is not None and former in agents and people:
        yield former, agents[former], -takes(item)


def _with(agent: Agent, item: WorkItem, effort: int, at: datetime | None) -> Agent:
    there = dict(agent.on_account)
    if item.account_id in agent.caps and item.account_id is not None:
        there[item.account_id] = there.get(item.account_id, 0) + effort
    changed = replace(agent, load=max(agent.load + effort, 0), on_account=there)
    if at is None:
        return changed
    counted = agent.per_hour is not None, agent.per_day is not None
    return replace(changed, last_assigned_at=at, in_hour=agent.in_hour + counted[0], in_day=agent.in_day + counted[1])


def _later(agent: Agent, then: datetime, at: datetime) -> Agent:
    """In another hour, and on another day of theirs, nothing was given yet."""
    if not (agent.in_hour or agent.in_day):
        return agent
    zone = ZoneInfo(agent.time_zone)
    same_hour = _hour(then) == _hour(at)
    same_day = then.astimezone(zone).date() == at.astimezone(zone).date()
    return replace(agent, in_hour=agent.in_hour if same_hour else 0, in_day=agent.in_day if same_day else 0)


def _hour(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
