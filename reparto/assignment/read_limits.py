"""
Until when a contact must have been touched last for a time-based rule to be for it, at one instant.

In working time that is another instant for each owner, for each has their own hours, leave and holidays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal
from zlib import crc32

from reparto.engine import (
    After,
    Agent,
    BadFilter,
    Calendar,
    Group,
    Rule,
    RuleSet,
    Window,
    parse_filter,
    start_of_window,
    start_of_working_time,
)
from reparto.people.read_calendars import COMPANY, read_calendars

from .read_bench import read_bench


@dataclass(frozen=True, slots=True)
class Limit:
    """A rule that waits for a time, and since when a contact must be quiet for it."""

    rule: Rule
    latest: datetime  #: the latest of all; in calendar time the only one
    anybody: datetime  #: for a contact that nobody owns
    by_owner: Mapping[int, datetime] = field(default_factory=dict)  #: working time only
    pool: tuple[str, ...] = ()  #: its people who receive, with the accounts and campaigns in which they do

    def of(self, owner_id: int | None) -> datetime:
        """Return since when a contact of this owner must be quiet."""
        return self.by_owner.get(owner_id, self.anybody) if owner_id is not None else self.anybody


def time_rules(rule_set: RuleSet) -> tuple[Rule, ...]:
    """Return the rules of a version that wait for a time and are in force."""
    waiting = (one for one in rule_set.rules if one.active and one.after and one.trigger != "web_integration")
    return tuple(rule for rule in waiting if _can_be_read(rule))


def _can_be_read(rule: Rule) -> bool:
    """A filter that names what is gone makes a rule that is for nobody, as it does at the desk."""
    try:
        parse_filter(rule.filters)
    except BadFilter:
        return False
    return True


def read_limits(rules: Iterable[Rule], *, at: datetime) -> tuple[Limit, ...]:
    """Return the limits of these rules; people's calendars are read once, and only if a rule counts working time."""
    listed = [(rule, rule.after) for rule in rules if rule.after]
    if not listed:
        return ()
    bench = read_bench(at=at)
    calendars = read_calendars() if any(after.clock == "working" for _, after in listed) else {}
    pools = [pool_of(rule, bench.agents, bench.groups) for rule, _ in listed]
    limits = (_limit(rule, after, calendars, at) for rule, after in listed)
    return tuple(replace(limit, pool=pool) for limit, pool in zip(limits, pools, strict=True))


def pool_of(rule: Rule, agents: Mapping[int, Agent], groups: Mapping[int, Group]) -> tuple[str, ...]:
    """
    Return the people of a rule who receive, each with where they do.

    Whoever is away, off shift or full is in it: that passes, and nobody has to come for it.
    """
    named = [groups.get(one.group_id) for one in rule.assign_to if one.group_id is not None]
    people = {one.person_id for one in rule.assign_to} | {one for group in named if group for one in group.member_ids}
    listed = [agent for one, agent in sorted(agents.items()) if one in people]
    return tuple(_with_reach(agent) for agent in listed if agent.receives and not agent.suspended)


def _with_reach(agent: Agent) -> str:
    reach = repr((sorted(agent.modes.items()), sorted(agent.campaign_ids)))
    return f"{agent.id}:{crc32(reach.encode()):x}"


def _limit(rule: Rule, after: After, calendars: Mapping[int, Calendar], at: datetime) -> Limit:
    if after.clock == "calendar":
        start = start_of_time(after, None, at=at)
        return Limit(rule, start, start)
    starts = {one: start_of_time(after, each, at=at) for one, each in calendars.items()}
    return Limit(rule, max(starts.values()), starts.pop(COMPANY), starts)


def start_of_time(after: After, calendar: Calendar | None, *, at: datetime) -> datetime:
    """Return until when a contact must have been touched last; `calendar`: of whoever owns it, in working time."""
    if calendar is None or after.clock == "calendar":
        # Months are calendar months, as in filters: what a preview counts is what the sweep counts (EC-65).
        return start_of_window(Window(after.amount, after.unit), at=at)
    unit: Literal["hours", "days"] = "hours" if after.unit == "hours" else "days"
    return start_of_working_time(calendar, after.amount, unit, at=at)
