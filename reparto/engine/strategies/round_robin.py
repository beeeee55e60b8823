"""Revólver: one by one, in the chosen order. Pure: all it remembers is in the cursor."""

from dataclasses import replace
from typing import Any

from reparto.engine.strategies.eligible import Choice, Eligible
from reparto.engine.strategies.line_up import go_behind, line_up
from reparto.engine.strategies.move_cursor import move_cursor
from reparto.engine.strategies.next_in_turn import next_in_turn


def round_robin(eligible: Eligible) -> Choice:
    """
    Choose the first who may receive after the last who did.

    Whoever is away when their turn comes has had it. Whoever cannot take one kind of item only keeps their place: so
    two people who are there and can take the same items take turns, whatever others can take.
    """
    cursor = eligible.cursor
    detail: dict[str, Any] = {"last_person_id": cursor.last_person_id, "sequence": cursor.sequence + 1}
    if not (cursor.line or eligible.elsewhere) or not eligible.keeps_turns:
        chosen = next_in_turn(eligible.people, eligible.places, cursor)
        return Choice(chosen, move_cursor(eligible, chosen), detail)
    line = line_up(eligible)
    able = frozenset(eligible.people)
    chosen = next(person for person in line if person in able)
    moved = replace(move_cursor(eligible, chosen), line=go_behind(line, chosen, stay=eligible.elsewhere))
    # The list alone says it, where nobody kept a place.
    if moved.line == line_up(eligible._replace(cursor=replace(moved, line=()))):
        moved = replace(moved, line=())
    return Choice(chosen, moved, detail | {"line": list(line)})
