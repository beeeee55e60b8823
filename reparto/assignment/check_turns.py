"""
Hold the turns that a rule handed out against what every strategy promises. Pure: it is told the turns and nothing else.

The bound of `round_robin`: between two turns of one person, everybody who could receive at each decision from the first
of the two on has had a turn. So two people able at every decision never differ by more than one. The bound of
`weighted`: what somebody received is never two items away from their due. Neither is taken from the engine: it is
worked out here again, in another way.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

#: Due is added up from fractions; this much is nothing.
NOTHING = 1e-6


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a rule, as it was stored."""

    decision_id: int
    version: int  #: of the rule set
    strategy: str
    sequence: int | None
    person_id: int
    able: tuple[int, ...]  #: who could receive, whoever was chosen included
    listed: tuple[int, ...]  #: everybody on the rule's list, in its order
    weights: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise that a turn breaks; `kind` is number, not_able, turn or due."""

    decision_id: int
    sequence: int | None
    kind: str
    text: str


def check_turns(turns: Iterable[Turn]) -> Iterator[Broken]:
    """Yield what is wrong with the turns of one rule, handed over in their order."""
    rounds, scales, expected = _Rounds(), _Scales(), 1
    for turn in turns:
        yield from _check_number(turn, expected)
        expected = (turn.sequence or expected - 1) + 1
        if turn.person_id not in turn.able:
            said = f"person {turn.person_id} received and could not have"
            yield Broken(turn.decision_id, turn.sequence, "not_able", said)
        if turn.strategy == "round_robin":
            yield from rounds.take(turn)
        else:
            rounds = _Rounds()
        if turn.strategy == "weighted":
            yield from scales.take(turn)
        else:
            scales = _Scales()


def _check_number(turn: Turn, expected: int) -> Iterator[Broken]:
    if turn.sequence == expected:
        return
    if turn.sequence is None:
        said = "it has no number among the rule's turns"
    elif turn.sequence < expected:
        said = f"its number {turn.sequence} was given before"
    else:
        said = f"its number is {turn.sequence}: {expected} to {turn.sequence - 1} are missing"
    yield Broken(turn.decision_id, turn.sequence, "number", said)


class _Rounds:
    """When everybody last received, and since when they could at every decision."""

    def __init__(self) -> None:
        self._version, self._listed, self._count = 0, tuple[int, ...](), 0
        self._last: dict[int, int] = {}
        self._able_since: dict[int, int] = {}

    def take(self, turn: Turn) -> Iterator[Broken]:
        if turn.version != self._version or not _same_order(self._listed, turn.listed):
            self._last, self._able_since = {}, {}
        self._version, self._listed = turn.version, turn.listed
        self._count += 1
        self._able_since = {one: self._able_since.get(one, self._count) for one in turn.able}
        before = self._last.get(turn.person_id)
        left_out = [] if before is None else [one for one in turn.able if self._was_left_out(one, before)]
        self._last[turn.person_id] = self._count
        if left_out:
            others = ", ".join(f"person {one}" for one in left_out)
            said = f"person {turn.person_id} received twice, and {others} not once between, though able all along"
            yield Broken(turn.decision_id, turn.sequence, "turn", said)

    def _was_left_out(self, person: int, since: int) -> bool:
        return self._able_since[person] <= since and self._last.get(person, 0) < since


def _same_order(before: tuple[int, ...], now: tuple[int, ...]) -> bool:
    """Say whether those who are on both lists stand in the same order on both."""
    if before == now:
        return True
    known, still = frozenset(before), frozenset(now)
    return [one for one in before if one in still] == [one for one in now if one in known]


class _Scales:
    """What everybody on the list is due and has not received."""

    def __init__(self) -> None:
        self._owed: dict[int, float] = {}

    def take(self, turn: Turn) -> Iterator[Broken]:
        # Whoever leaves the list leaves with nothing owed, and whoever joins starts level.
        owed = {person: self._owed.get(person, 0.0) for person in turn.listed}
        whole = sum(turn.weights.get(person, 1) for person in turn.able)
        for person in turn.able:
            owed[person] = owed.get(person, 0.0) + turn.weights.get(person, 1) / whole
        owed[turn.person_id] = owed.get(turn.person_id, 0.0) - 1
        self._owed = owed
        far = [person for person, amount in owed.items() if abs(amount) >= 2 - NOTHING]
        if far:
            said = ", ".join(f"person {person} is {abs(owed[person]):.2f} items away from their due" for person in far)
            yield Broken(turn.decision_id, turn.sequence, "due", said)
