"""
Hold the turns that a rule handed out against what every strategy promises. Pure: it is told the turns and nothing else.

The bound of `round_robin`: between two turns of one person, everybody has had a turn who could have taken the second
and was there at each decision from the first of the two on: able, or not able for that kind of item only. So two
people who are there and take the same items never differ by more than one. The bound of criteria that go in rounds:
between three turns of one person, everybody who could receive at each decision since the first has had one. The bound
of `weighted`: what somebody received is never two items away from their due. None is taken from the engine: it is
worked out here again, in another way. By `least_loaded` only the numbers, and who could receive, are checked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

#: Due is added up from fractions; this much is nothing.
NOTHING = 1e-6


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a rule, as it was stored."""

    decision_id: int
    strategy: str
    sequence: int | None
    person_id: int
    able: tuple[int, ...]  #: who could receive, whoever was chosen included
    listed: tuple[int, ...]  #: everybody on the rule's list, in its order
    weights: Mapping[int, int] = field(default_factory=dict)
    elsewhere: tuple[int, ...] = ()  #: who could not take this kind of item, and keeps their turn for others


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise that a turn breaks; `kind` is number, not_able, turn or due."""

    decision_id: int
    sequence: int | None
    kind: str
    text: str


def check_turns(turns: Iterable[Turn]) -> Iterator[Broken]:
    """Yield what is wrong with the turns of one rule, handed over in their order."""
    strategy, bound, expected = "", _Bound(), 1
    for turn in turns:
        yield from _check_number(turn, expected)
        expected = (turn.sequence or expected - 1) + 1
        if turn.person_id not in turn.able:
            said = f"person {turn.person_id} received and could not have"
            yield Broken(turn.decision_id, turn.sequence, "not_able", said)
        if turn.strategy != strategy:
            strategy, bound = turn.strategy, BOUNDS.get(turn.strategy, _Bound)()
        yield from bound.take(turn)


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


class _Bound:
    """What a criterion promises of its turns; of this one nothing."""

    def take(self, turn: Turn) -> Iterator[Broken]:
        """Yield what a turn breaks."""
        yield from ()


class _Turns(_Bound):
    """When everybody last received, and since when they were there at every decision."""

    #: Between so many turns of one person everybody else has one.
    turns = 2

    def __init__(self) -> None:
        self._listed, self._count = tuple[int, ...](), 0
        self._last: dict[int, tuple[int, ...]] = {}
        self._there_since: dict[int, int] = {}

    def take(self, turn: Turn) -> Iterator[Broken]:
        self._hear_of_list(turn.listed)
        self._count += 1
        self._there_since = {one: self._there_since.get(one, self._count) for one in self._there(turn)}
        before = self._last.get(turn.person_id, ())
        since = before[0] if len(before) == self.turns - 1 else None
        left_out = [] if since is None else [one for one in turn.able if self._was_left_out(one, since)]
        self._last[turn.person_id] = (*before, self._count)[1 - self.turns :]
        if left_out:
            others = ", ".join(f"person {one}" for one in left_out)
            often = "twice" if self.turns == 2 else f"{self.turns} times"
            said = f"person {turn.person_id} received {often}, and {others} not once between, though able all along"
            yield Broken(turn.decision_id, turn.sequence, "turn", said)

    def _there(self, turn: Turn) -> tuple[int, ...]:
        return (*turn.able, *turn.elsewhere)

    def _hear_of_list(self, listed: tuple[int, ...]) -> None:
        """Whoever left the list left their place with it; nothing holds over an order that was changed."""
        if not _same_order(self._listed, listed):
            self._last, self._there_since = {}, {}
        elif self._listed != listed:
            still = frozenset(listed)
            self._last = {one: turns for one, turns in self._last.items() if one in still}
        self._listed = listed

    def _was_left_out(self, person: int, since: int) -> bool:
        return self._there_since[person] <= since and self._last.get(person, (0,))[-1] < since


class _Rounds(_Turns):
    """The same of criteria that go in rounds: the last of one may be the first of the next."""

    turns = 3

    def _there(self, turn: Turn) -> tuple[int, ...]:
        return turn.able


def _same_order(before: tuple[int, ...], now: tuple[int, ...]) -> bool:
    """Say whether those who are on both lists stand in the same order on both."""
    if before == now:
        return True
    known, still = frozenset(before), frozenset(now)
    return [one for one in before if one in still] == [one for one in now if one in known]


class _Scales(_Bound):
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


BOUNDS: Mapping[str, type[_Bound]] = {
    "round_robin": _Turns,
    "close_rate": _Rounds,
    "followup_speed": _Rounds,
    "weighted": _Scales,
}
