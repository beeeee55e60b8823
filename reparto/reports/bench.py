"""
Who was there and by which settings, from one past sitting to the next, thawed only where they differ.

It judges nobody.
"""

from collections.abc import Mapping
from typing import Any

from reparto.engine import Agent, Figures, Group, Policy, Snapshot, thaw_snapshot

#: Any instant: it is asked of nothing that is thawed here.
SOMETIME = "2000-01-01T00:00:00+00:00"


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

    def turn_to(self, shared: Mapping[str, Any]) -> None:
        """Read who was there at a sitting."""
        self._turn_people(shared.get("agents", {}))
        rest = {name: shared[name] for name in ("groups", "figures", "policy") if name in shared}
        if rest != self._rest:
            told = _thaw(rest)
            self.groups, self.figures, self.policy, self._rest = told.groups, told.figures, told.policy, rest

    def _turn_people(self, people: Mapping[str, Any]) -> None:
        self.moved = False
        if people == self._people:
            return
        changed = {key: one for key, one in people.items() if self._people.get(key) != one}
        fresh = _thaw({"agents": changed}).agents
        self.moved = any(_stands(one) != _stands(self.agents.get(number)) for number, one in fresh.items())
        self.agents = {number: fresh.get(number) or self.agents[number] for number in map(int, people)}
        self._people = people


def _stands(agent: Agent | None) -> tuple[object, ...]:
    """What, when it changes, wakes those who wait."""
    if agent is None:
        return ()
    return agent.availability, agent.receives, agent.suspended, agent.capacity, agent.modes


def _thaw(shared: Mapping[str, Any]) -> Snapshot:
    return thaw_snapshot({"at": SOMETIME, **shared}, ())
