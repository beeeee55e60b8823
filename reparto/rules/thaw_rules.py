"""
Rules out of a frozen set, as rows that are not stored: to be shown, compared, checked, or put back.

It reads no table and stores nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from reparto.engine import Rule as Frozen
from reparto.engine import RuleSet, Target

from .models import Rule
from .show_rule import put_into_rule, show_rule


def thaw_rules(rule_set: RuleSet) -> list[Rule]:
    """Return the rules of a frozen set in their order, paused ones included."""
    ordered = sorted(rule_set.rules, key=lambda one: (one.position, one.id))
    return rules_of_list([show_frozen(rule) for rule in ordered])


def rules_of_list(listed: Iterable[Mapping[str, Any]]) -> list[Rule]:
    """Return the rows of an ordered list of rules by the names of the contract, each with its `id`."""
    rules = []
    for position, shown in enumerate(listed, start=1):
        rule = Rule(pk=shown["id"], position=position)
        put_into_rule(rule, {name: value for name, value in shown.items() if name != "id"})
        rules.append(rule)
    return rules


def list_rules(rules: Iterable[Rule]) -> list[dict[str, Any]]:
    """Return rules as a draft keeps them; the inverse of `rules_of_list`."""
    return [{"id": rule.pk} | show_rule(rule) for rule in rules]


def show_frozen(rule: Frozen) -> dict[str, Any]:
    """Return a frozen rule by the names of the contract, with its id."""
    return {
        "id": rule.id,
        "description": rule.description,
        "entity": rule.entity,
        "trigger": rule.trigger,
        "after": asdict(rule.after) if rule.after else None,
        "assign_to": [_show_target(target) for target in rule.assign_to],
        "strategy": rule.strategy,
        "tags": list(rule.tags),
        "template_id": rule.template_id,
        "filters": rule.filters,
        "if_nobody": rule.if_nobody,
        "active": rule.active,
    }


def _show_target(target: Target) -> dict[str, int]:
    named = {"person_id": target.person_id, "group_id": target.group_id}
    shown = {name: number for name, number in named.items() if number is not None}
    # As the contract's readers store it: the preset weight is left out.
    return shown if target.weight == 1 else shown | {"weight": target.weight}
