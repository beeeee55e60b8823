"""
Reads of the rules: the list as it is edited, and the versions that decisions name.

It judges no contact.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.db.models import Max, QuerySet

from reparto.engine import RuleSet, thaw_rule_set
from reparto.kit.read_choice import is_id

from .models import Rule, RuleSetVersion


class UnknownRule(LookupError):
    """No such rule in this organization."""


def all_rules() -> QuerySet[Rule]:
    """Return the rules in the order in which they are obeyed."""
    return Rule.objects.order_by("position")


def find_rule(rule_id: int) -> Rule:
    """Return a rule. Raises UnknownRule."""
    rule = Rule.objects.filter(pk=rule_id).first() if is_id(rule_id) else None
    if rule is None:
        raise UnknownRule(f"Rule {rule_id} does not exist.")
    return rule


def next_position() -> int:
    """Return the place after the last rule; the caller holds the organization's lock."""
    return (Rule.objects.aggregate(last=Max("position"))["last"] or 0) + 1


def store_order(rules: Sequence[Rule]) -> None:
    """Number these rules from 1 in this order."""
    for position, rule in enumerate(rules, start=1):
        rule.position = position
    Rule.objects.bulk_update(rules, ["position"])


def remove_rule(rule: Rule) -> None:
    """Delete a rule from the list; versions that have it keep it."""
    Rule.objects.filter(pk=rule.pk).delete()


def next_version_number() -> int:
    """Return the number of the next version; the caller holds the organization's lock."""
    return (RuleSetVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def versions(numbers: Iterable[int]) -> dict[int, RuleSetVersion]:
    """Return these published versions by number."""
    return {row.number: row for row in RuleSetVersion.objects.filter(number__in=list(numbers))}


def current_rule_set() -> RuleSet:
    """Return the newest published version (one query); the empty one while nothing was published."""
    content = RuleSetVersion.objects.order_by("-number").values_list("content", flat=True).first()
    return RuleSet() if content is None else thaw_rule_set(content)


@lru_cache(maxsize=256)
def frozen_rule_set(organization_id: int, version: int) -> RuleSet:
    """
    Return one published version, kept in memory: a version never changes.

    Must not be asked for a version that the running transaction has itself published: rolled back, its
    number would be given again to another content.
    """
    content = RuleSetVersion.objects.values_list("content", flat=True).get(number=version)
    return thaw_rule_set(content)
