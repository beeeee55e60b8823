"""What every strategy is given and gives back. Shapes only; nothing is chosen here."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from reparto.engine.shapes import Cursor, Figures
from reparto.engine.strategies.next_in_turn import next_in_turn

NEVER: Final = datetime.min.replace(tzinfo=UTC)


class Choice(NamedTuple):
    """The chosen person, the cursor after it, and what decided (JSON)."""

    person_id: int
    cursor: Cursor
    detail: Mapping[str, Any]


class Eligible(NamedTuple):
    """The people of whom one is chosen, at least one, and all that a strategy may look at."""

    people: Sequence[int]  #: those who may receive, in the chosen order
    order: tuple[int, ...]  #: the rule's whole list, in the chosen order
    places: Mapping[int, int]  #: the place of each in that list, from 0
    cursor: Cursor
    loads: Mapping[int, int]  #: effort units open now
    last_assigned: Mapping[int, datetime | None]
    weights: Mapping[int, int]
    figures: Mapping[int, Figures]
    minimum_sample: int  #: attempts below which a figure is not trusted
    shrinkage: int  #: attempts at the mean of all that are added to everybody's own
    ties_in_turn: bool  #: whether a tie that waiting does not end goes on behind whoever received last
    keeps_turns: bool  #: whether people keep their turn when it goes past them for one kind of item only
    elsewhere: Collection[int]  #: people of the list who cannot take this kind of item, and may others
    weightless: bool  #: whether the item adds nothing to anybody's load
    notes: dict[str, Any]  #: what a strategy works out once for the sitting; figures and order stand still in it

    def longest_waiting(self, tied: Sequence[int]) -> int:
        """How ties end: whoever has gone longest without receiving; of these the next of the list after the last."""
        since = {person: self.last_assigned.get(person) or NEVER for person in tied}
        earliest = min(since.values())
        longest = [person for person in tied if since[person] == earliest]
        # What is dealt at one instant makes equals of all who got some: without turns the first would get the rest.
        return next_in_turn(longest, self.places, self.cursor) if self.ties_in_turn else longest[0]
