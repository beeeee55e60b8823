"""How evenly people got their due, in one number. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from math import fsum

from reparto.assignment.shares import Share


def jain_index(shares: Iterable[tuple[float, float]]) -> float | None:
    """
    Return Jain's index of received ÷ due over (received, due) pairs: 1 when everybody got exactly their due.

    Whoever was due nothing says nothing about fairness; None when nobody was due anything.
    """
    ratios = [received / due for received, due in shares if due > 0]
    squares = sum(ratio * ratio for ratio in ratios)
    if not ratios or not squares:
        return None
    return sum(ratios) ** 2 / (len(ratios) * squares)


def totals_of(shares: Iterable[Share]) -> dict[int, tuple[int, float]]:
    """Return what each person received from all rules, and what was their due."""
    by_person: dict[int, list[Share]] = defaultdict(list)
    for one in shares:
        by_person[one.person_id].append(one)
    return {
        person: (sum(one.received for one in theirs), fsum(one.due for one in theirs))
        for person, theirs in by_person.items()
    }


def index_of(shares: Iterable[Share]) -> float | None:
    """Return Jain's index over people, each with what all rules gave them and what was their due."""
    return jain_index(totals_of(shares).values())
