"""
The stretch that a question about a number, an instant or a window leaves open. Pure.

Both ends compare as they stand; windows end at the instant of judging and are compared by their length.
"""

from typing import Any, NamedTuple

from reparto.engine import Leaf, Window

#: How many hours a unit has at least, and at most.
HOURS = {"hours": 1, "days": 24, "weeks": 168, "months": 28 * 24}
MOST_HOURS = HOURS | {"months": 31 * 24}


class Bounds(NamedTuple):
    """From and to, each with whether the end itself is left out; None: without end."""

    low: Any = None
    high: Any = None
    low_open: bool = False
    high_open: bool = False

    def within(self, other: "Bounds") -> bool:
        """Whether all of it lies inside the other."""
        low = other.low is None or (
            self.low is not None
            and (self.low > other.low or (self.low == other.low and (self.low_open or not other.low_open)))
        )
        high = other.high is None or (
            self.high is not None
            and (self.high < other.high or (self.high == other.high and (self.high_open or not other.high_open)))
        )
        return low and high

    def meet(self, other: "Bounds") -> "Bounds":
        """Return what both leave open."""
        low, low_open = _tighter(self.low, self.low_open, other.low, other.low_open, upper=False)
        high, high_open = _tighter(self.high, self.high_open, other.high, other.high_open, upper=True)
        return Bounds(low, high, low_open, high_open)

    @property
    def no_room(self) -> bool:
        """Whether nothing lies inside."""
        if self.low is None or self.high is None:
            return False
        return bool(self.low > self.high or (self.low == self.high and (self.low_open or self.high_open)))


def read_bounds(leaf: Leaf) -> Bounds | None:
    """Return the bounds of a question about a number or an instant; None when it is another question."""
    value: Any = leaf.value
    if leaf.kind not in ("number", "date"):
        return None
    return {
        "=": lambda: Bounds(value, value),
        "<": lambda: Bounds(None, value, high_open=True),
        "<=": lambda: Bounds(None, value),
        ">": lambda: Bounds(value, None, low_open=True),
        ">=": lambda: Bounds(value, None),
        "between": lambda: Bounds(value[0], value[1]),
    }.get(leaf.op, lambda: None)()


def is_shorter(one: object, other: object) -> bool:
    """Whether a window is surely no longer than another; a month has 28 to 31 days."""
    if not isinstance(one, Window) or not isinstance(other, Window):
        return False
    if one.unit == other.unit:
        return one.amount <= other.amount
    return one.amount * MOST_HOURS[one.unit] <= other.amount * HOURS[other.unit]


def _tighter(one: Any, one_open: bool, other: Any, other_open: bool, *, upper: bool) -> tuple[Any, bool]:
    if one is None or other is None:
        return (other, other_open) if one is None else (one, one_open)
    if one == other:
        return one, one_open or other_open
    return (one, one_open) if (one < other) is upper else (other, other_open)
