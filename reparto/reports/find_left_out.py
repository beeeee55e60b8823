"""
Which rules of a list no replay can fully speak for, and what is not known.

A replay lives through the sweeps of rules that wait for a time. Where the desk never sat in all of it, nobody knows who
was there: people of today are taken. It is said which rules these are, and how many contacts they would take from their
owners at once; nothing is decided.
"""

from datetime import datetime
from typing import Any

from reparto.assignment.foresee_moves import foresee_moves
from reparto.assignment.read_limits import time_rules
from reparto.engine import RuleSet

from .count_replay import Figures


def find_left_out(rule_set: RuleSet, figures: Figures, *, at: datetime) -> dict[str, Any]:
    """Return {time_rules_left_out, would_move_now}; nothing is asked of the database when no rule waits for a time."""
    left_out = time_rules(rule_set) if figures.swept is not None and figures.swept.people_of_today else ()
    return {
        "time_rules_left_out": [
            {"rule_id": rule.id, "position": rule.position, "description": rule.description, "missing": "people"}
            for rule in left_out
        ],
        "would_move_now": foresee_moves(rule_set, at=at).found if left_out else 0,
    }
