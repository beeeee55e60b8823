"""
What a sweep moved, and what it would have moved, set side by side: of one contact, within an hour of each other.

It decides and counts nothing.
"""

from collections import deque
from datetime import datetime, timedelta

from .pairs import Pair, Said

#: Real sweeps rest between two looks, at most for so long: what is moved so near is one move.
APART = timedelta(hours=1)


class Moves:
    """Moves of which only one side is known yet."""

    def __init__(self) -> None:
        """Begin with none."""
        self._open: dict[int, Pair] = {}  #: by contact
        self._since: deque[tuple[datetime, int, int]] = deque()  #: instant, contact, item, soonest first
        self._number = 0

    def __len__(self) -> int:
        return len(self._open)

    def happened(self, contact_id: int, said: Said, *, owner_id: int | None) -> list[Pair]:
        """Note what a sweep did; return what is new."""
        known = self._open.get(contact_id)
        if known is not None and known.happened is None and said.at - known.since <= APART:
            return [self._close(known.with_said(happened=said))]
        return [
            *self._leave(contact_id),
            self._wait(self._begin(contact_id, owner_id, said.at).with_said(happened=said)),
        ]

    def would(self, contact_id: int, said: Said, *, owner_id: int | None) -> list[Pair]:
        """Note what the other rules' sweep would do; return what is new."""
        known = self._open.get(contact_id)
        if known is not None and known.would is None and said.at - known.since <= APART:
            return [self._close(known.with_said(would=said))]
        return [*self._leave(contact_id), self._wait(self._begin(contact_id, owner_id, said.at).with_said(would=said))]

    def settle(self, before: datetime | None = None) -> list[Pair]:
        """Return what only one side moved, as it was long before an instant that the other could; None: all of it."""
        found = []
        while self._since and (before is None or before - self._since[0][0] > APART):
            _, contact, item = self._since.popleft()
            known = self._open.get(contact)
            if known is not None and known.item_id == item:
                found += self._leave(contact)
        return found

    def _begin(self, contact_id: int, owner_id: int | None, at: datetime) -> Pair:
        self._number -= 1
        return Pair(self._number, contact_id, None, at, owner_id)

    def _wait(self, pair: Pair) -> Pair:
        """Wait for the other side."""
        self._open[pair.contact_id] = pair
        self._since.append((pair.since, pair.contact_id, pair.item_id))
        return pair

    def _close(self, pair: Pair) -> Pair:
        del self._open[pair.contact_id]
        return pair

    def _leave(self, contact_id: int) -> list[Pair]:
        """The other side did nothing."""
        known = self._open.pop(contact_id, None)
        if known is None:
            return []
        stays = Said("stays", known.since)
        return [known.with_said(happened=known.happened or stays, would=known.would or stays)]
