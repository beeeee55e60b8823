"""Revólver: one by one, in the chosen order. Pure: all it remembers is in the cursor."""

from reparto.engine.shapes import Cursor
from reparto.engine.strategies.eligible import Choice, Eligible
from reparto.engine.strategies.move_cursor import move_cursor


def round_robin(eligible: Eligible) -> Choice:
    """
    Choose the first who may receive after the last who did.

    The cursor holds a person and not a place, so nobody's turn is skipped or repeated when others join, leave or
    pause. When the last person has left the list, the order of that moment tells who came next.
    """
    places = {person: place for place, person in enumerate(eligible.order)}
    start = _start(places, eligible.cursor)
    chosen = next((person for person in eligible.people if places[person] >= start), eligible.people[0])
    detail = {"last_person_id": eligible.cursor.last_person_id, "sequence": eligible.cursor.sequence + 1}
    return Choice(chosen, move_cursor(eligible, chosen), detail)


def _start(places: dict[int, int], cursor: Cursor) -> int:
    """The place at which the search begins; past the end means from the beginning."""
    last, old = cursor.last_person_id, cursor.order
    if last is None:
        return 0
    if last in places:
        return places[last] + 1
    if last not in old:
        return 0
    turn = old.index(last)
    return next((places[person] for person in old[turn + 1 :] + old[:turn] if person in places), 0)
