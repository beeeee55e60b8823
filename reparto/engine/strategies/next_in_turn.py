"""Whoever comes next in a list after the last who received. Pure: all it remembers is in the cursor."""

from collections.abc import Mapping, Sequence

from reparto.engine.shapes import Cursor


def next_in_turn(people: Sequence[int], places: Mapping[int, int], cursor: Cursor) -> int:
    """
    The first of these people after the last who received, around the list; `places` has everybody's, from 0.

    The cursor holds a person and not a place, so nobody's turn is skipped or repeated when others join, leave or
    pause. When the last person has left the list, the order of that moment tells who comes next.
    """
    start = _start(places, cursor)
    return next((person for person in people if places[person] >= start), people[0])


def from_the_last(places: Mapping[int, int], cursor: Cursor) -> tuple[int, ...]:
    """Everybody of the list, from whoever comes after the last who received on, and around."""
    order, start = tuple(places), _start(places, cursor)
    return order[start:] + order[:start]


def _start(places: Mapping[int, int], cursor: Cursor) -> int:
    """The place at which the search begins; past the end means from the beginning."""
    last = cursor.last_person_id
    if last is None:
        return 0
    if last in places:
        return places[last] + 1
    return _after_who_left(places, last, cursor.order)


def _after_who_left(places: Mapping[int, int], last: int, old: tuple[int, ...]) -> int:
    """The place of whoever came after a person who has left; of those who joined just before them, if any did."""
    turn = old.index(last) if last in old else 0
    heir = next((person for person in old[turn:] + old[:turn] if person in places), None)
    if heir is None:
        return 0
    order, known, around = tuple(places), frozenset(old), old.index(heir) < turn
    start = places[heir]
    # Somebody new in between would have had this turn if the last person had stayed.
    while (start > 0 or around) and order[start - 1] not in known:
        start -= 1
    return start % len(order)
