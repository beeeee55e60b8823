"""Velocidad de seguimiento: from the fastest to follow up to the slowest. Pure."""

from reparto.engine.strategies.eligible import Choice, Eligible
from reparto.engine.strategies.next_in_round import next_in_round


def followup_speed(eligible: Eligible) -> Choice:
    """Choose the next of the round, shortest time to the first follow-up first."""
    return next_in_round(eligible, by="followup_speed", highest_first=False)
