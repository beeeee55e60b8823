"""Rounds in ranking order: everybody who can receive gets one a round, best first. Pure: the cursor has the round."""

from dataclasses import replace
from typing import Any

from reparto.engine.shapes import Strategy
from reparto.engine.strategies.eligible import Choice, Eligible
from reparto.engine.strategies.move_cursor import move_cursor
from reparto.engine.strategies.rank_people import Ranking, rank_people


def next_in_round(eligible: Eligible, *, by: Strategy, highest_first: bool) -> Choice:
    """
    Choose the best of those who have not received in the running round.

    A round ends when all who can receive have received in it, or another criterion ranks; the ranking is taken anew
    then. It does not end for whoever cannot take this kind of item only: what they have received in it stays counted.
    Whoever joins during a round comes after those ranked, in the chosen order. Nobody starves, whatever figures.
    """
    cursor = eligible.cursor
    detail: dict[str, Any] = {"by": by, "sequence": cursor.sequence + 1}
    ranking, served = cursor.ranking, cursor.served
    waiting = [person for person in eligible.people if person not in served]
    if not waiting or not ranking or cursor.ranked_by not in ("", by):
        taken = _take_ranking(eligible, highest_first)
        # Whoever cannot take this kind of item, and may others, is still in the round that ends for the others.
        kept = eligible.elsewhere if eligible.keeps_turns and ranking and cursor.ranked_by in ("", by) else ()
        served = tuple(person for person in served if person in kept)
        ranking, waiting = taken.order, list(eligible.people)
        detail["figures"] = taken.figures
    places = {person: place for place, person in enumerate(ranking)}
    # `min` keeps the first of equals, and `waiting` is in the chosen order.
    chosen = min(waiting, key=lambda person: places.get(person, len(places)))
    detail["ranking"], detail["served"] = list(ranking), list(served)
    cursor = replace(move_cursor(eligible, chosen, served=(*served, chosen), ranking=ranking), ranked_by=by)
    return Choice(chosen, cursor, detail)


def _take_ranking(eligible: Eligible, highest_first: bool) -> Ranking:
    ranking: Ranking | None = eligible.notes.get("ranking")
    if ranking is None:
        ranking = rank_people(
            eligible.order,
            figures=eligible.figures,
            minimum_sample=eligible.minimum_sample,
            shrinkage=eligible.shrinkage,
            highest_first=highest_first,
        )
        eligible.notes["ranking"] = ranking
    return ranking
