"""
When sweeps look: when real ones are known to have looked, and between these as often as they do.

Real ones that gave nothing left no trace; they are taken to have looked in step with the last one that did. Pure.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta


class Rhythm:
    """The looks of a time."""

    def __init__(self, known: Sequence[datetime], *, since: datetime, apart: timedelta) -> None:
        """Begin with the looks that are `known`, soonest first; where there is none, they count from `since`."""
        self.apart = apart
        self._known, self._since = known, since

    def first(self, at: datetime) -> datetime:
        """Return the first look that is not before an instant."""
        place = bisect_left(self._known, at)
        real = self._known[place] if place < len(self._known) else None
        if real is not None and real - at < self.apart:
            return real
        step = self._known[place - 1] if place else real or self._since
        return step - (step - at) // self.apart * self.apart
