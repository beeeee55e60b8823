"""How many contacts putting rules in force may take from their owners at once, as whoever asks for it allows."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from django.utils.translation import gettext
from pydantic import Field

from reparto.assignment.foresee_moves import foresee_moves
from reparto.engine import RuleSet
from reparto.kit.faults import Faults
from reparto.rules.queries import current_rule_set

from .shapes import MAX_ID, Shape


class MovesBody(Shape):
    """What may happen at once."""

    most_moved: Annotated[int, Field(ge=0, le=MAX_ID)] | None = Field(
        default=None, description="Refuse it (`would_move`) if it moves more contacts at once than so many."
    )


def within[Result](change: Callable[[], Result], *, most: int | None, at: datetime) -> Callable[[], Result]:
    """Return a change of the rules in force that is refused, under the desk's lock, if it moves more than `most`."""

    def checked() -> Result:
        former = current_rule_set()
        changed = change()
        if most is not None:
            check_moves(current_rule_set(), most=most, at=at, former=former)
        return changed

    return checked


def check_moves(rule_set: RuleSet, *, most: int, at: datetime, former: RuleSet | None = None) -> None:
    """Refuse rules that would move more contacts at once than `most`. Raises Invalid."""
    found, faults = foresee_moves(rule_set, at=at, former=former).found, Faults()
    if found > most:
        said = gettext("It would move %(found)d contacts at once.") % {"found": found}
        faults.add("most_moved", "would_move", said)
    faults.check()
