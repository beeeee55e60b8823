"""
A contact in a world that a replay lives through: what was done about it, whose it would be, and how its round stands.

Shapes and the law of rounds; nothing is decided here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from reparto.assignment.is_late import Touched
from reparto.assignment.write_moves import Turn


@dataclass(slots=True)
class Entry:
    """A contact as it is at the instant that a replay has come to."""

    id: int
    kind: str
    campaign_id: int | None
    created_at: datetime
    owner_id: int | None = None
    owned_since: datetime | None = None
    span: int = 0  #: of its owner; 0: nobody has it
    followed_at: datetime | None = None
    sales: list[datetime] = field(default_factory=list)  #: that stand, by when they were agreed
    recorded_at: datetime | None = None  #: of the sale that was recorded last and stands
    turn: Turn | None = None
    turned_at: datetime | None = None
    planned: datetime | None = None  #: when it is looked at next
    unmatched: bool = False  #: it is late, and no rule is for it after all

    def touched(self) -> Touched:
        """What the law of the sweep asks of it."""
        return Touched(
            self.owner_id, self.created_at, self.followed_at, self.owned_since, max(self.sales, default=None)
        )

    def standing(self) -> Turn | None:
        """Return its round, unless somebody has acted since: followed up, sold, or given it to somebody."""
        turn, at = self.turn, self.turned_at
        if turn is None or at is None or turn.held_decision_id != self.span:
            return None
        if self.followed_at is not None and self.followed_at >= at:
            return None
        return None if self.recorded_at is not None and self.recorded_at >= at else turn

    def give(self, owner_id: int | None, *, at: datetime, span: int) -> None:
        """Let it go to somebody, or to nobody."""
        self.owner_id, self.unmatched = owner_id, False
        self.owned_since, self.span = (None, 0) if owner_id is None else (at, span)


def rests_of(turn: Turn) -> Mapping[str, Sequence[str]]:
    """The rules that leave it alone, as they are stored."""
    return {str(rule): pool for rule, pool in turn.rests_for.items()}
