"""How evenly people got their due, in one number. Pure."""

from collections.abc import Iterable


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
