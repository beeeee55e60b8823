"""
Shapes of what was given and of what came in: counts that are added up, and speeds.

They are put together here and measured elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from .read_speeds import Speed, Speeds
from .read_tally import Came, Tally

#: Nothing to be measured.
UNKNOWN = Speed()


@dataclass(frozen=True, slots=True)
class Given:
    """What was given, and what of it was followed up how soon."""

    count: int = 0
    followed: int = 0
    median_seconds: float | None = None  #: from being given to the first follow-up
    p90_seconds: float | None = None

    @classmethod
    def of(cls, count: int, speed: Speed) -> Self:
        """Put both together."""
        return cls(count, speed.count, speed.median_seconds, speed.p90_seconds)


@dataclass(frozen=True, slots=True)
class Entries:
    """What came in, in an hour of the day, by a channel, or in all."""

    arrived: int = 0
    at_once: int = 0  #: its first decision gave it to somebody
    assigned: int = 0  #: by now
    median_seconds: float | None = None  #: from entering to being assigned
    p90_seconds: float | None = None

    @property
    def waited(self) -> int:
        """How much had nobody when it came."""
        return self.arrived - self.at_once

    @classmethod
    def of(cls, came: Iterable[Came], speed: Speed = UNKNOWN) -> Self:
        """Put sums and their speed together."""
        rows = list(came)
        return cls(
            sum(one.arrived for one in rows),
            sum(one.at_once for one in rows),
            sum(one.assigned for one in rows),
            speed.median_seconds,
            speed.p90_seconds,
        )


def all_given(tally: Tally, speeds: Speeds) -> Given:
    """Return all that was given; what was given to two people counts for both."""
    return Given.of(tally.whole.given, speeds.followed.get(None, Speed()))


def all_entries(tally: Tally, speeds: Speeds) -> Entries:
    """Return all that came in."""
    return Entries.of([tally.whole], speeds.assigned.get(None, Speed()))
