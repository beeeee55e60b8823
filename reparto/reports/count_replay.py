"""
Count what a replay says: for each person, each rule and the whole, what would have been beside what was.

It holds figures and the newest few hundred differences, however long the period is.
"""

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from reparto.engine import Agent

from .brings import brings
from .pairs import Pair, Said
from .replay import Seen

#: Why somebody who could receive has no room.
FULL = frozenset({"at_capacity", "at_account_cap", "at_hourly_limit", "at_daily_limit"})
#: As many differences are kept, the newest, each with its contact; the others are only counted.
KEPT = 300


@dataclass(slots=True)
class Side:
    """One side of a comparison: what was, or what would be."""

    outcomes: Counter[str] = field(default_factory=Counter)
    owner_changes: int = 0  #: from one owner to another
    waits: int = 0  #: how many were assigned, of which it is known how long they had waited
    waited_seconds: float = 0.0
    longest_seconds: float = 0.0

    def wait(self, seconds: float) -> None:
        """Count how long something waited until somebody got it."""
        self.waits += 1
        self.waited_seconds += seconds
        self.longest_seconds = max(self.longest_seconds, seconds)


@dataclass(slots=True)
class OfPerson:
    """What one person would get, and got; name and capacity as they were when they last did either."""

    name: str = ""
    received: int = 0
    happened: int = 0
    gained: int = 0  #: theirs, and nobody's or somebody else's then
    lost: int = 0
    waits: int = 0
    waited_seconds: float = 0.0  #: until they would get it, together
    peak_load: int = 0  #: the most open at once, in effort units, when they would get something
    capacity: int | None = None
    over_capacity: int = 0  #: how often they would have more than their capacity
    full: int = 0  #: how often they would be passed over for having no room


@dataclass(frozen=True, slots=True)
class Swept:
    """What the sweeps of the other rules would have been."""

    looks: int  #: at which anything was late
    ended: int  #: contacts that would have come to wait for a supervisor
    asks: int  #: how often it would have asked an administrator first
    most_asked: int  #: about how many contacts, at most
    people_of_today: bool  #: nobody knows who was there then
    open: int = 0  #: moves of which it is not known yet whether the other side makes them too


class Figures:
    """The running figures of one replay."""

    def __init__(self, *, kept: int = KEPT) -> None:
        """Begin with nothing."""
        self.sittings = self.items = self.facts_of_today = self.differing = 0
        self.would, self.happened = Side(), Side()
        self.people: dict[int, OfPerson] = {}
        self.rules: Counter[int] = Counter()  #: by rule, as it would be
        self.rules_then: Counter[int] = Counter()  #: as it was
        self.differences: deque[Pair] = deque(maxlen=kept)
        self.moves: Counter[tuple[int, int]] = Counter()  #: by sweeps, as it would be, by rule and person
        self.moves_then: Counter[tuple[int, int]] = Counter()  #: as it was
        self.swept: Swept | None = None

    def move(self, rule_id: int | None, person_ids: Iterable[int]) -> None:
        """Count that a sweep by the other rules would have moved a contact."""
        self.moves.update((rule_id or 0, person) for person in person_ids)

    def move_then(self, rule_id: int | None, person_ids: Iterable[int]) -> None:
        """Count that a sweep moved a contact."""
        self.moves_then.update((rule_id or 0, person) for person in person_ids)

    def see(self, seen: Iterable[Seen]) -> None:
        """Count the decisions of one sitting by the other rules."""
        given: Counter[int] = Counter()
        for one in seen:
            for candidate in one.decision.candidates:
                if candidate.reason in FULL:
                    self._person(candidate.person_id, one.agents).full += 1
            if one.decision.outcome == "assigned":
                self._assigned(one, given)

    def _assigned(self, one: Seen, given: Counter[int]) -> None:
        decision, item = one.decision, one.item
        if decision.rule_id is not None:
            self.rules[decision.rule_id] += 1
        self.would.owner_changes += decision.owner_changed and item.owner_id is not None
        for person in decision.person_ids:
            given[person] += brings(item, person)
            mine, agent = self._person(person, one.agents), one.agents[person]
            load = agent.load + given[person]
            mine.received += 1
            mine.peak_load = max(mine.peak_load, load)
            mine.over_capacity += agent.capacity is not None and load > agent.capacity

    def _person(self, person: int, agents: Mapping[int, Agent]) -> OfPerson:
        mine = self.people.setdefault(person, OfPerson())
        if person in agents:
            mine.name, mine.capacity = agents[person].name, agents[person].capacity
        return mine

    def news(self, pairs: Iterable[Pair], at: datetime, *, agents: Mapping[int, Agent]) -> None:
        """Count what is new of these pairs at an instant, and those that are settled as a whole; who was there then."""
        for pair in pairs:
            if pair.would is not None and pair.would.at == at and pair.would.outcome == "assigned":
                self.would.wait((at - pair.since).total_seconds())
                for person in pair.would.person_ids:
                    self.people[person].waits += 1
                    self.people[person].waited_seconds += (at - pair.since).total_seconds()
            if pair.happened is not None and pair.happened.at == at and pair.happened.outcome == "assigned":
                self._happened(pair, pair.happened, agents)
            if pair.settled:
                self.end(pair)

    def _happened(self, pair: Pair, said: Said, agents: Mapping[int, Agent]) -> None:
        self.happened.wait((said.at - pair.since).total_seconds())
        self.happened.owner_changes += pair.owner_id is not None and said.owner_id != pair.owner_id
        if said.rule_id is not None:
            self.rules_then[said.rule_id] += 1
        for person in said.person_ids:
            self._person(person, agents).happened += 1

    def end(self, pair: Pair) -> None:
        """Count a pair of which no more will be said."""
        self.items += 1
        would, happened = _outcome(pair.would), _outcome(pair.happened)
        self.would.outcomes[would] += 1
        # That something stays after all, because whoever has it is back, is not written anywhere.
        self.happened.outcomes["stays" if (would, happened) == ("stays", "queued") else happened] += 1
        if not pair.differs:
            return
        self.differing += 1
        self.differences.append(pair)
        get, got = _people(pair.would), _people(pair.happened)
        for person in get - got:
            self.people[person].gained += 1
        for person in got - get:
            self.people[person].lost += 1


def _outcome(said: Said | None) -> str:
    return said.outcome if said else "queued"


def _people(said: Said | None) -> set[int]:
    return set(said.person_ids) if said and said.outcome == "assigned" else set()
