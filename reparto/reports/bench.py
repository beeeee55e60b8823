"""
Who was there and by which settings, from one past sitting to the next, thawed only where they differ.

It judges nobody.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from reparto.engine import Agent, Figures, Group, Policy, Snapshot, thaw_snapshot

from .as_given import Sat, as_given

#: Any instant: it is asked of nothing that is thawed here.
SOMETIME = "2000-01-01T00:00:00+00:00"
#: Whoever gave no sign of life for so long, and then does, may have come back.
A_WHILE = timedelta(minutes=5)


class Bench:
    """People, groups, figures and policy of a sitting."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._people: Mapping[str, Any] = {}
        self._rest: dict[str, Any] = {}
        self.agents: dict[int, Agent] = {}
        self.groups: Mapping[int, Group] = {}
        self.figures: Mapping[int, Mapping[int, Figures]] = {}
        self.policy = Policy()
        self.moved = False  #: whether somebody came or went since the sitting before
        self.eased = False  #: whether somebody may be able who was not
        self._sat: Sat | None = None

    def turn_to(self, shared: Mapping[str, Any]) -> None:
        """Read who was there at a sitting."""
        self._turn_people(shared.get("agents", {}))
        rest = {name: shared[name] for name in ("groups", "figures", "policy") if name in shared}
        if rest != self._rest:
            told = _thaw(rest)
            self.groups, self.figures, self._rest = told.groups, told.figures, rest
            # Rules are tried as they would be obeyed today: a country is one value.
            self.policy = replace(told.policy, countries=True)

    def stand(
        self,
        agents: Mapping[int, Agent],
        groups: Mapping[int, Group],
        figures: Mapping[int, Mapping[int, Figures]],
        policy: Policy,
    ) -> None:
        """Let these people be there, as no sitting says who was."""
        self.agents, self.groups, self.figures, self.policy = dict(agents), groups, figures, policy

    def after(self, sat: Sat) -> None:
        """Note what a sitting gave to whom: the next one is told of it, and so is a look before that."""
        self._sat = sat

    def at(self, at: datetime) -> Mapping[int, Agent]:
        """The people as they are between two sittings, as far as is known: with what the last one gave them."""
        return as_given(self.agents, self._sat, at=at) if self._sat is not None else self.agents

    def _turn_people(self, people: Mapping[str, Any]) -> None:
        self.moved = self.eased = False
        self._sat = None
        if people == self._people:
            return
        changed = {key: one for key, one in people.items() if self._people.get(key) != one}
        fresh = _thaw({"agents": changed}).agents
        self.eased = any(_eases(self.agents.get(number), one) for number, one in fresh.items())
        self.moved = any(_stands(one) != _stands(self.agents.get(number)) for number, one in fresh.items())
        self.agents = {number: fresh.get(number) or self.agents[number] for number in map(int, people)}
        self._people = people


def _stands(agent: Agent | None) -> tuple[object, ...]:
    """What, when it changes, wakes those who wait."""
    if agent is None:
        return ()
    return agent.availability, agent.receives, agent.suspended, agent.capacity, agent.modes


def _eases(before: Agent | None, after: Agent) -> bool:
    """Whether somebody may be able now who was not, but for who has more to do than before."""
    if before is None or _lasting(before) != _lasting(after):
        return True
    seen, seen_then = after.last_seen_at, before.last_seen_at
    back = seen is not None and (seen_then is None or seen - seen_then > A_WHILE)
    room = after.capacity is not None and after.load < before.load
    fewer = after.in_hour < before.in_hour or after.in_day < before.in_day
    return (
        back or room or fewer or any(after.on_account.get(one, 0) < there for one, there in before.on_account.items())
    )


def _lasting(agent: Agent) -> Agent:
    return replace(
        agent, load=0, on_account={}, in_hour=0, in_day=0, last_assigned_at=None, last_seen_at=None, holidays=()
    )


def _thaw(shared: Mapping[str, Any]) -> Snapshot:
    return thaw_snapshot({"at": SOMETIME, **shared}, ())
