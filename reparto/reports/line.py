"""
What would still wait, by contact, in the order in which it came.

It decides nothing.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from reparto.engine import WorkItem


class Line:
    """Those who would wait."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._waits: dict[int, tuple[WorkItem, datetime]] = {}  #: as it came, and when it is tried again
        self._of_contact: dict[int, set[int]] = {}

    def __contains__(self, item_id: int) -> bool:
        return item_id in self._waits

    def __len__(self) -> int:
        return len(self._waits)

    @property
    def contacts(self) -> frozenset[int]:
        """Whose work waits."""
        return frozenset(self._of_contact)

    @property
    def talks(self) -> dict[int, int]:
        """The contact of each conversation that waits."""
        return {item.conversation_id: item.contact_id for item, _ in self._waits.values() if item.conversation_id}

    def all(self) -> Iterable[tuple[WorkItem, datetime]]:
        """Return all that waits, oldest first, each with when it is tried again."""
        return self._waits.values()

    def wait(self, item: WorkItem, due_at: datetime) -> None:
        """Let an item wait; one that waits already keeps its place."""
        self._waits[item.id] = item, due_at
        self._of_contact.setdefault(item.contact_id, set()).add(item.id)

    def due(self, at: datetime, *, woken: bool, limit: int) -> list[WorkItem]:
        """Return what is to be tried again, oldest first: what is due, or all when somebody may have become able."""
        due = (item for item, due_at in self._waits.values() if woken or due_at <= at)
        return list(islice(due, limit))

    def leave(self, contact_id: int, conversation_id: int) -> None:
        """Let a conversation of a contact wait no longer; without a conversation, all that is the contact's."""
        for number in list(self._of_contact.get(contact_id, ())):
            if not conversation_id or (self._waits[number][0].conversation_id or 0) == conversation_id:
                del self._waits[number]
                self._of_contact[contact_id].discard(number)
        if not self._of_contact.get(contact_id, {0}):
            del self._of_contact[contact_id]
