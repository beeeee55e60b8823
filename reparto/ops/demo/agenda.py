"""What is to happen when, in the order of time. Pure; whoever asks says what time it is."""

import heapq
import itertools
from collections.abc import Callable
from datetime import datetime

Happening = Callable[[datetime], None]


class Agenda:
    """Happenings by their time; two of one instant in the order in which they were noted."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._noted: list[tuple[datetime, int, Happening]] = []
        self._order = itertools.count()

    def note(self, at: datetime, happening: Happening) -> None:
        """Let something happen at an instant."""
        heapq.heappush(self._noted, (at, next(self._order), happening))

    def take_due(self, until: datetime) -> tuple[datetime, Happening] | None:
        """Take the earliest that is due by `until`; None when nothing is."""
        if not self._noted or self._noted[0][0] > until:
            return None
        at, _, happening = heapq.heappop(self._noted)
        return at, happening
