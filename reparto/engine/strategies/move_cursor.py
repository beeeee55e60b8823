"""Write down that somebody received. Pure; the shell stores what comes out."""

from collections.abc import Mapping

from reparto.engine.shapes import Cursor
from reparto.engine.strategies.eligible import Eligible


def move_cursor(
    eligible: Eligible,
    person_id: int,
    *,
    served: tuple[int, ...] = (),
    ranking: tuple[int, ...] = (),
    balance: Mapping[int, int] | None = None,
) -> Cursor:
    """The rule's cursor after `person_id` received: the person, the order of that moment, one more handed out."""
    return Cursor(
        rule_id=eligible.cursor.rule_id,
        last_person_id=person_id,
        order=eligible.order,
        sequence=eligible.cursor.sequence + 1,
        served=served,
        ranking=ranking,
        credits=balance or {},
    )
