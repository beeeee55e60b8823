"""Rank people by a measured figure without trusting small samples. Pure, exact arithmetic, no chance."""

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from reparto.engine.shapes import Figures

_NONE = Figures()


class Ranking(NamedTuple):
    """People, best first, and the figures that say so (JSON)."""

    order: tuple[int, ...]
    figures: list[dict[str, Any]]


def rank_people(
    order: tuple[int, ...], *, figures: Mapping[int, Figures], minimum_sample: int, shrinkage: int, highest_first: bool
) -> Ranking:
    """
    Rank people by successes per attempt, each shrunk towards the mean of all.

    A person's figure is (successes + k × mean) ÷ (attempts + k), where k is the shrinkage. Whoever has fewer attempts
    than the minimum sample (at least 1) ranks after those who have them. Ties, and those without a sample among
    themselves, keep the chosen order. One more success never lowers a place.
    """
    enough, weight = max(minimum_sample, 1), max(shrinkage, 0)
    known = {person: _trusted(figures.get(person, _NONE)) for person in order}
    attempts = sum(known[person].attempts for person in order)
    successes = sum((Fraction(known[person].successes) for person in order), Fraction(0))
    mean = successes / attempts if attempts else Fraction(0)

    def shrunk(person: int) -> Fraction:
        total = known[person].attempts + weight
        return (Fraction(known[person].successes) + weight * mean) / total if total else mean

    sampled = [person for person in order if known[person].attempts >= enough]
    # `sorted` is stable, also in reverse: ties keep the chosen order.
    ranked = sorted(sampled, key=shrunk, reverse=highest_first)
    ranking = tuple(ranked) + tuple(person for person in order if known[person].attempts < enough)
    return Ranking(ranking, [_shown(person, known[person], shrunk(person), enough) for person in ranking])


def _trusted(figures: Figures) -> Figures:
    """Figures that cannot be counted with are none at all."""
    if figures.attempts <= 0 or not math.isfinite(figures.successes) or figures.successes < 0:
        return _NONE
    return figures


def _shown(person: int, figures: Figures, shrunk: Fraction, enough: int) -> dict[str, Any]:
    return {
        "person_id": person,
        "successes": figures.successes,
        "attempts": figures.attempts,
        "figure": float(shrunk),
        "sampled": figures.attempts >= enough,
    }
