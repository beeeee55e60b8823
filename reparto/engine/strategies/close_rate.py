"""Porcentaje de cierre: from whoever closes the largest share of sales to whoever closes the smallest. Pure."""

from reparto.engine.strategies.eligible import Choice, Eligible
from reparto.engine.strategies.next_in_round import next_in_round


def close_rate(eligible: Eligible) -> Choice:
    """Choose the next of the round, highest share of sales closed first."""
    return next_in_round(eligible, by="close_rate", highest_first=True)
