"""
Which rules of a list no replay can speak for: those that wait for a time otherwise than the rules in force do.

Who was late at a moment of the past is known only of what a sweep then looked at. So it is said which rules these are,
and how many contacts they would take from their owners at once; nothing is decided.
"""

from datetime import datetime
from typing import Any

from reparto.assignment.foresee_moves import foresee_moves
from reparto.assignment.read_limits import time_rules
from reparto.engine import Rule, RuleSet
from reparto.rules.queries import current_rule_set


def find_left_out(rule_set: RuleSet, *, at: datetime) -> dict[str, Any]:
    """Return {time_rules_left_out, would_move_now}; nothing is asked of the database when no rule waits for a time."""
    waiting = time_rules(rule_set)
    known = {_timing(rule) for rule in time_rules(current_rule_set())} if waiting else set()
    left_out = [rule for rule in waiting if _timing(rule) not in known]
    return {
        "time_rules_left_out": [
            {"rule_id": rule.id, "position": rule.position, "description": rule.description} for rule in left_out
        ],
        "would_move_now": foresee_moves(rule_set, at=at).found if left_out else 0,
    }


def _timing(rule: Rule) -> tuple[object, ...]:
    return rule.id, rule.trigger, rule.entity, rule.after
