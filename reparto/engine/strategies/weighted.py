"""Por peso: in proportion to chosen weights, smoothly. Pure; credits live in the cursor."""

from typing import Final

from reparto.engine.strategies.eligible import Choice, Eligible
from reparto.engine.strategies.move_cursor import move_cursor

ITEM: Final = 1_000_000_000
"""One item in units of credit: credit is what somebody is due and has not received."""


def weighted(eligible: Eligible) -> Choice:
    """
    Choose whoever is furthest behind their share.

    Each decision is shared out, by weight, among those who could receive it, and the chosen one pays for it.
    So whoever joins starts level, and whoever returns gets neither a flood nor a penalty. Ties go to
    whoever has gone longest without receiving, then to the next in the list after whoever received last.
    """
    before = eligible.cursor.credits
    balance = {person: before.get(person, 0) for person in eligible.order}
    total = sum(eligible.weights[person] for person in eligible.people)
    paid = 0
    for person in eligible.people:
        share = ITEM * eligible.weights[person] // total
        balance[person] += share
        paid += share
    most = max(balance[person] for person in eligible.people)
    tied = [person for person in eligible.people if balance[person] == most]
    chosen = eligible.longest_waiting(tied)
    balance[chosen] -= paid
    kept = {person: credit for person, credit in balance.items() if credit}
    detail = {
        "due": most / ITEM,
        "weight": eligible.weights[chosen],
        "tied_ids": tied if len(tied) > 1 else [],
        "sequence": eligible.cursor.sequence + 1,
    }
    return Choice(chosen, move_cursor(eligible, chosen, balance=kept), detail)
