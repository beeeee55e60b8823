"""
What a replay says of one thing that waited: what happened to it, and what would have.

Shapes only; nothing is decided or counted here.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Said:
    """One of the two answers. A person may be named by several decisions; these are those of the last one."""

    outcome: str  #: assigned, queued, unmatched, stays
    at: datetime
    person_ids: tuple[int, ...] = ()
    group_ids: tuple[int, ...] = ()
    owner_id: int | None = None
    rule_id: int | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Both answers about one waiting row; None while the other side has said nothing of it yet."""

    item_id: int
    contact_id: int
    conversation_id: int | None
    since: datetime  #: when it was first looked at
    owner_id: int | None = None  #: of the contact, then
    happened: Said | None = None
    would: Said | None = None

    def with_said(self, *, happened: Said | None = None, would: Said | None = None) -> "Pair":
        """Return the pair with what one side says now."""
        # By hand: `replace` looks at each field, and this is done twice for all that a replay sees.
        return Pair(
            self.item_id,
            self.contact_id,
            self.conversation_id,
            self.since,
            self.owner_id,
            happened or self.happened,
            would or self.would,
        )

    @property
    def settled(self) -> bool:
        """Whether neither side can say more: what no rule of a replay speaks for, none speaks for later."""
        if self.happened is None or self.would is None:
            return False
        ends = self.happened.outcome, self.would.outcome
        return ends == ("unmatched", "unmatched") or (ends[0] in ("assigned", "stays") and ends[1] != "queued")

    @property
    def waits(self) -> bool:
        """Whether it would still wait, the last time that it was tried."""
        return self.would is not None and self.would.outcome == "queued"

    @property
    def differs(self) -> bool:
        """Whether other people would have it; that both wait, or neither has it, is no difference."""
        return _who(self.happened) != _who(self.would)


def _who(said: Said | None) -> tuple[frozenset[int], frozenset[int]]:
    if said is None or said.outcome != "assigned":
        return frozenset(), frozenset()
    return frozenset(said.person_ids), frozenset(said.group_ids)
