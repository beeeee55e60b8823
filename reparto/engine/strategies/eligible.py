"""What every strategy is given and gives back. Shapes only; nothing is chosen here."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from reparto.engine.shapes import Cursor, Figures

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
    notes: dict[str, Any]  #: what a strategy works out once for the sitting; figures and order stand still in it

    def longest_waiting(self, tied: Sequence[int]) -> int:
        """How ties end: whoever has gone longest without receiving, then the place in the list."""
        # `min` keeps the first of equals, and whoever is tied comes in the chosen order.
        return min(tied, key=lambda person: self.last_assigned.get(person) or NEVER)
