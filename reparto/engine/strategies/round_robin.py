"""Revólver: one by one, in the chosen order. Pure: all it remembers is in the cursor."""

from reparto.engine.strategies.eligible import Choice, Eligible
from reparto.engine.strategies.move_cursor import move_cursor
from reparto.engine.strategies.next_in_turn import next_in_turn


def round_robin(eligible: Eligible) -> Choice:
    """Choose the first who may receive after the last who did."""
    chosen = next_in_turn(eligible.people, eligible.places, eligible.cursor)
    detail = {"last_person_id": eligible.cursor.last_person_id, "sequence": eligible.cursor.sequence + 1}
    return Choice(chosen, move_cursor(eligible, chosen), detail)
