"""Menor carga: whoever has the least open, over all groups and accounts. Pure; closed work is no load."""

from reparto.engine.strategies.eligible import Choice, Eligible
from reparto.engine.strategies.move_cursor import move_cursor


def least_loaded(eligible: Eligible) -> Choice:
    """
    Choose the person with the least open work; nobody is left out for having none.

    Ties go to whoever has gone longest without receiving, then to the next in the list after whoever received last.
    """
    least = min(eligible.loads.get(person, 0) for person in eligible.people)
    tied = [person for person in eligible.people if eligible.loads.get(person, 0) == least]
    chosen = eligible.longest_waiting(tied)
    detail = {"load": least, "tied_ids": tied if len(tied) > 1 else [], "sequence": eligible.cursor.sequence + 1}
    return Choice(chosen, move_cursor(eligible, chosen), detail)
