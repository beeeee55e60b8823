"""
Whose turn it would be under a rule at this instant, and who would be skipped, by the engine itself.

It asks of the people and the turns alone: no contact, no account, no filter. It changes nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from reparto.engine import Candidate, Decision, Rule, RuleSet, WorkItem

from .read_bench import Bench

#: An item of nobody: what matters is who would take it.
SAMPLE = WorkItem(id=1, contact_id=1, channel="whatsapp")


def whose_turn(rules: Sequence[Rule], bench: Bench, *, at: datetime) -> dict[int, tuple[Candidate, ...]]:
    """Return, for each rule by id, its people with the verdict that each would get now."""
    return {rule.id: _ask(rule, bench, at).candidates for rule in rules}


def _ask(rule: Rule, bench: Bench, at: datetime) -> Decision:
    alone = replace(rule, filters={}, trigger="web_integration", active=True, entity="prospect")
    return bench.decide(SAMPLE, RuleSet(version=1, rules=(alone,)), at=at)
