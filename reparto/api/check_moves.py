"""How many contacts putting rules in force may take from their owners at once, as whoever asks for it allows."""

from datetime import datetime
from typing import Annotated

from django.utils.translation import gettext
from pydantic import Field

from reparto.assignment.foresee_moves import foresee_moves
from reparto.engine import RuleSet
from reparto.kit.faults import Faults

from .shapes import MAX_ID, Shape


class MovesBody(Shape):
    """What may happen at once."""

    most_moved: Annotated[int, Field(ge=0, le=MAX_ID)] | None = Field(
        default=None, description="Refuse it (`would_move`) if it moves more contacts at once than so many."
    )


def check_moves(rule_set: RuleSet, *, most: int, at: datetime) -> None:
    """Refuse rules that would move more contacts at once than `most`. Raises Invalid."""
    found, faults = foresee_moves(rule_set, at=at).found, Faults()
    if found > most:
        said = gettext("It would move %(found)d contacts at once.") % {"found": found}
        faults.add("most_moved", "would_move", said)
    faults.check()
