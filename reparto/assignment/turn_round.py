"""
How the round of a contact goes on after a sweep decided about it: who missed it, what it waits for, whether it ends.

It decides nothing about the contact, and writes nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from reparto import engine

from .read_limits import Limit
from .take_late import Late
from .write_moves import Turn

#: How many times a contact goes around all who can receive before it waits for a supervisor.
MOST_ROUNDS = 2


def turn_round(late: Late, decision: engine.Decision, limits: Sequence[Limit], *, at: datetime) -> Turn | None:
    """Return how it stands now; None when no rule is for the contact after all."""
    item = late.item
    if decision.outcome == "assigned":
        missed = dict.fromkeys((*late.missed_ids, *([item.owner_id] if item.owner_id is not None else [])))
        rule = decision.rule_id or 0
        return Turn(item.contact_id, late.number, tuple(missed), rule, late.decision_id, "moved")
    if decision.outcome != "queued":
        return None
    stays = Turn(
        item.contact_id, late.number, late.missed_ids, item.due_rule_ids[0], late.held_decision_id, "waits", at
    )
    had = {*late.missed_ids, item.owner_id}
    rejected = [one for one in decision.candidates if one.verdict == "rejected"]
    if {one.reason for one in rejected if one.person_id not in had} & engine.PASSING_REASONS:
        return replace(stays, next_try_at=decision.next_try_at)
    rests = replace(stays, next_try_at=None, rests_for=_rests_for(decision, limits))
    if all(one.person_id not in had for one in rejected):
        return rests  # nobody receives: no round was begun, and somebody may be let receive
    if not late.missed_ids or late.number >= MOST_ROUNDS:
        return replace(rests, state="ended")
    # Everybody had it once: around again, but for whoever has it now.
    return replace(stays, number=late.number + 1, missed_ids=())


def _rests_for(decision: engine.Decision, limits: Sequence[Limit]) -> dict[int, tuple[str, ...]]:
    """The rules that are for the contact, each with the people whom it had; another rule, or others, begin anew."""
    matched = {one.rule_id for one in decision.steps if one.verdict in ("matched_nobody", "also_matched")}
    return {one.rule.id: one.pool for one in limits if one.rule.id in matched}
