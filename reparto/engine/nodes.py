"""
A filter after reading: a small tree of frozen nodes, which both readers of the language walk.

Nothing here judges or makes SQL.
"""

import calendar
import dataclasses
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from reparto.engine.fields import Kind

Unit = Literal["hours", "days", "weeks", "months"]
EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time that ends at the instant of judging."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Leaf:
    """
    One question: a field, an operator and a value ready to compare.

    `value` is, by operator: folded text or an id (is, is_not, contains, starts, has); a tuple of these (in, not_in,
    has_any, has_all, has_none); a number or an instant in UTC; a pair of them (between); a Window (last, before_last);
    None (empty, not_empty).
    """

    field: str
    kind: Kind
    op: str
    value: object = None
    given: object = dataclasses.field(default=None, compare=False)  #: the value as it was written, for the trace


@dataclass(frozen=True, slots=True)
class All:
    """True when every child is; also when there is none."""

    children: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """True when at least one child is; false when there is none."""

    children: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """True when the child is not. There are two truth values only: nothing is ever unknown."""

    child: "Node"


Node = All | Any | Not | Leaf


def start_of_window(window: Window, *, at: datetime) -> datetime:
    """
    The instant at which a window that ends at `at` begins; both readers use it.

    Hours, days (24 hours) and weeks are exact durations. A month is a calendar month in UTC; a day that
    the month lacks becomes its last one. Before the year 1 there is nothing, so it stops there.
    """
    try:
        if window.unit == "months":
            return _months_before(at.astimezone(UTC), window.amount)
        return at.astimezone(UTC) - timedelta(**{window.unit: window.amount})
    except OverflowError:
        return EARLIEST


def _months_before(at: datetime, months: int) -> datetime:
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    if year < 1:
        return EARLIEST
    return at.replace(year=year, month=month + 1, day=min(at.day, calendar.monthrange(year, month + 1)[1]))
