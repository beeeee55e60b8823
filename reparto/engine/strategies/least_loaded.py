"""Menor carga: whoever has the least open, over all groups and accounts. Pure; closed work is no load."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reparto.engine.strategies.eligible import Choice, Eligible
from reparto.engine.strategies.move_cursor import move_cursor

NAME = "least_loaded"


def least_loaded(eligible: Eligible) -> Choice:
    """
    Choose the person with the least open work; nobody is left out for having none.

    A contact that nothing open follows is no load, so that a sweep would go on and on to whoever has the least. Among
    such each that the rule gave somebody counts as one, beyond what it gave everybody. Ties go to whoever has gone
    longest without receiving, then to the next in the list after whoever received last.
    """
    given = _given(eligible)
    loads = {person: eligible.loads.get(person, 0) for person in eligible.people}
    counted = {person: load + given.get(person, 0) for person, load in loads.items()} if eligible.weightless else loads
    least = min(counted.values())
    tied = [person for person in eligible.people if counted[person] == least]
    chosen = eligible.longest_waiting(tied)
    detail: dict[str, Any] = {"load": loads[chosen], "tied_ids": tied if len(tied) > 1 else []}
    detail["sequence"] = eligible.cursor.sequence + 1
    if eligible.weightless and eligible.keeps_turns:
        detail["given"] = given.get(chosen, 0)
        given = _give(given, chosen, eligible)
    cursor = move_cursor(eligible, chosen, balance=given)
    return Choice(chosen, replace(cursor, ranked_by=NAME) if given else cursor, detail)


def _given(eligible: Eligible) -> Mapping[int, int]:
    """How many that are no load the rule gave each, beyond what it gave everybody; never another criterion's count."""
    known = eligible.keeps_turns and eligible.cursor.ranked_by == NAME
    return eligible.cursor.credits if known else {}


def _give(given: Mapping[int, int], chosen: int, eligible: Eligible) -> dict[int, int]:
    """One more for the chosen one. What all who could have had it have had counts no more: who was away is level."""
    after = {person: given.get(person, 0) + (person == chosen) for person in {*given, chosen}}
    least = min(after.get(person, 0) for person in eligible.people)
    return {
        person: left for person, count in after.items() if (left := count - least) > 0 and person in eligible.places
    }
