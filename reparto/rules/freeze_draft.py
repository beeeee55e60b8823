"""
A drafted list as the engine takes it: to be tried, simulated or run in the shadow, never to be obeyed.

It checks nothing and stores nothing.
"""

from reparto.engine import RuleSet

from .models import RuleSetDraft
from .publish_rules import freeze_rule
from .thaw_rules import rules_of_list


def freeze_draft(draft: RuleSetDraft) -> RuleSet:
    """Return the draft's rules in their order, paused ones too; its version is 0, for it is none."""
    return RuleSet(rules=tuple(freeze_rule(rule) for rule in rules_of_list(draft.content)))
