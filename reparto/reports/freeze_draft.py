"""
A draft of the rules as the engine takes it.

It checks nothing: what cannot be published is judged as it stands.
"""

from reparto.engine import RuleSet
from reparto.rules.models import RuleSetDraft
from reparto.rules.publish_rules import freeze_rule
from reparto.rules.thaw_rules import rules_of_list


def freeze_draft(draft: RuleSetDraft) -> RuleSet:
    """Return the rules of a draft, in their order, paused ones included."""
    return RuleSet(rules=tuple(freeze_rule(rule) for rule in rules_of_list(draft.content)))
