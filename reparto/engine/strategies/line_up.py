"""The line in which people stand for their turns, where it is not the list alone. Pure: it is kept in the cursor."""

from collections.abc import Collection

from reparto.engine.strategies.eligible import Eligible
from reparto.engine.strategies.next_in_turn import from_the_last


def line_up(eligible: Eligible) -> tuple[int, ...]:
    """
    Everybody of the list, next ones first: from the last who received on, but for who kept another place.

    Whoever joined the list stands behind whom they follow in it. A list that was put in another order is obeyed.
    """
    listed = from_the_last(eligible.places, eligible.cursor)
    if not eligible.cursor.line or _is_reordered(eligible.cursor.order, eligible.order):
        return listed
    line = [person for person in eligible.cursor.line if person in eligible.places]
    for place, person in enumerate(listed):
        if person not in line:
            line.insert(line.index(listed[place - 1]) + 1 if place else 0, person)
    return tuple(line)


def go_behind(line: tuple[int, ...], chosen: int, *, stay: Collection[int]) -> tuple[int, ...]:
    """The line after somebody received: they go to its end, behind who was passed over, but for those who stay."""
    place = line.index(chosen)
    passed = [person for person in line[:place] if person not in stay]
    stayed = [person for person in line[:place] if person in stay]
    return (*stayed, *line[place + 1 :], *passed, chosen)


def _is_reordered(before: tuple[int, ...], now: tuple[int, ...]) -> bool:
    known, still = frozenset(before), frozenset(now)
    return [one for one in before if one in still] != [one for one in now if one in known]
