"""
What makes a whole list of rules wrong, at the place of its cause; a draft with any of it is not published (BY-8).

What is merely worth knowing is said by `caution_rules` and forbids nothing.
"""

from collections.abc import Sequence
from datetime import datetime

from reparto.kit.faults import Faults

from .caution_rules import caution_rules
from .check_rules import check_rules
from .models import Rule

#: Where in a rule the cause of a fault stands; nothing: in its place among the others.
PATHS = {"never_true": "filters", "needs_clients": "entity", "empty_pool": "assign_to", "no_weight": "assign_to"}


def check_rule_set(rules: Sequence[Rule], faults: Faults, *, at: datetime) -> None:
    """Note what is wrong with a list; paused rules are asked nothing, for they do nothing."""
    cautions, gone = caution_rules(rules, at=at, faults_only=True), check_rules(rules)
    for place, rule in enumerate(rules):
        if not rule.active:
            continue
        path = f"rules[{place}]"
        for fault in gone.get(rule.pk, ()):
            faults.add(f"{path}.{fault.path}", fault.code, fault.message)
        for said in cautions.get(rule.pk, ()):
            inside = PATHS.get(said.caution.code, "")
            faults.add(f"{path}.{inside}" if inside else path, said.caution.code, said.message)
