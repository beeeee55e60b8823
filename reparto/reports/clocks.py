"""
When a contact becomes late for a rule: the law of the sweep, read the other way round.

The sweep asks, at an instant, since when a contact must be quiet; here it is known since when a contact is quiet, and
the first instant at which it is late is looked for. Pure.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from reparto.assignment.read_limits import start_of_time
from reparto.engine import After, Calendar

#: Instants at which answers are kept, for all contacts of an owner ask the same; and how near the last step comes.
GRID, NEAR = timedelta(minutes=15), timedelta(seconds=1)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
#: As many answers are kept.
KEPT = 200_000
#: The key of the company's own calendar, for what nobody owns.
COMPANY = 0


class Clocks:
    """Everybody's calendars."""

    def __init__(self, calendars: Mapping[int, Calendar]) -> None:
        """Begin with nothing asked."""
        self._calendars = calendars
        self._known: dict[tuple[After, int, int], datetime] = {}

    def start(self, after: After, owner_id: int | None, *, at: datetime) -> datetime:
        """Return until when a contact of an owner must have been touched last, to be late at an instant."""
        return start_of_time(after, self._calendars.get(self._whose(owner_id)), at=at)

    def due(self, after: After, owner_id: int | None, quiet: datetime, *, since: datetime, until: datetime) -> datetime:
        """Return the first instant from `since` at which it is late that is quiet since then; beyond `until`: never."""
        if after.clock == "calendar" and after.unit != "months":
            return max(since, quiet + timedelta(**{after.unit: after.amount}))
        if self.start(after, owner_id, at=since) >= quiet:
            return since
        place = self._place(after, owner_id, quiet, first=_number(since) + 1, last=_number(until) + 1)
        early, late = max(since, EPOCH + (place - 1) * GRID), EPOCH + place * GRID
        # While somebody works, an hour of theirs takes an hour: mostly this is it.
        guess = late - (self._at(after, owner_id, place) - quiet)
        if early < guess - NEAR and self.start(after, owner_id, at=guess) >= quiet:
            early, late = self._before(after, owner_id, quiet, early=early, late=guess)
        while late - early > NEAR:
            middle = early + (late - early) / 2
            early, late = (early, middle) if self.start(after, owner_id, at=middle) >= quiet else (middle, late)
        return late

    def _before(
        self, after: After, owner_id: int | None, quiet: datetime, *, early: datetime, late: datetime
    ) -> tuple[datetime, datetime]:
        """Between what it becomes late, that is so at an instant: just before it, if it is not so there."""
        near = late - NEAR
        is_so = self.start(after, owner_id, at=near) >= quiet
        return (early, near) if is_so else (near, late)

    def _place(self, after: After, owner_id: int | None, quiet: datetime, *, first: int, last: int) -> int:
        """The first place of the grid at which it is late; one beyond the last when it is so at none."""
        if self._at(after, owner_id, last) < quiet:
            return last + 1
        while first < last:
            middle = (first + last) // 2
            if self._at(after, owner_id, middle) >= quiet:
                last = middle
            else:
                first = middle + 1
        return first

    def _at(self, after: After, owner_id: int | None, place: int) -> datetime:
        key = after, self._whose(owner_id), place
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            known = self._known[key] = self.start(after, owner_id, at=EPOCH + place * GRID)
        return known

    def _whose(self, owner_id: int | None) -> int:
        return owner_id if owner_id in self._calendars and owner_id is not None else COMPANY


def _number(at: datetime) -> int:
    return (at - EPOCH) // GRID
