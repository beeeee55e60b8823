"""
Reads of the rules: the list as it is edited, and the versions that decisions name.

It judges no contact.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.db import connection
from django.db.models import Max, QuerySet, Subquery

from reparto.engine import RuleSet, thaw_rule_set
from reparto.kit.read_choice import is_id

from .models import Rule, RuleSetDraft, RuleSetVersion


class UnknownRule(LookupError):
    """No such rule in this organization."""


class UnknownDraft(LookupError):
    """No such draft in this organization."""


class UnknownVersion(LookupError):
    """No such version in this organization."""


def all_rules() -> QuerySet[Rule]:
    """Return the rules in the order in which they are obeyed."""
    return Rule.objects.order_by("position")


def rules_in_force() -> tuple[Sequence[Rule], int]:
    """Return the list and the version that it is, of one instant (one query)."""
    newest = RuleSetVersion.objects.order_by("-number").values("number")[:1]
    rules = list(all_rules().annotate(in_force=Subquery(newest)))
    return rules, getattr(rules[0], "in_force", 0) if rules else 0


def find_rule(rule_id: int) -> Rule:
    """Return a rule. Raises UnknownRule."""
    rule = Rule.objects.filter(pk=rule_id).first() if is_id(rule_id) else None
    if rule is None:
        raise UnknownRule(f"Rule {rule_id} does not exist.")
    return rule


def rule_exists(rule_id: int) -> bool:
    """Say whether a rule is still in the list; versions that have it keep it anyway."""
    return Rule.objects.filter(pk=rule_id).exists()


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


def next_rule_ids(count: int) -> list[int]:
    """Return ids that no rule ever had: a rule keeps its id from the draft in which it was written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('rules_rule', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [int(row[0]) for row in cursor.fetchall()]


def current_version_number() -> int:
    """Return the number of the version in force; 0 while nothing was published."""
    return RuleSetVersion.objects.aggregate(last=Max("number"))["last"] or 0


def next_version_number() -> int:
    """Return the number of the next version; the caller holds the organization's lock."""
    return current_version_number() + 1


def all_versions() -> QuerySet[RuleSetVersion]:
    """Return the published versions, newest first, with who published them."""
    return RuleSetVersion.objects.select_related("publisher").order_by("-number")


def find_version(number: int) -> RuleSetVersion:
    """Return a published version. Raises UnknownVersion."""
    found = all_versions().filter(number=number).first() if is_id(number) else None
    if found is None:
        raise UnknownVersion(f"Version {number} does not exist.")
    return found


def rule_set_of_version(number: int) -> RuleSet:
    """Return what a version holds; 0 is the empty one before the first. Raises UnknownVersion."""
    return thaw_rule_set(find_version(number).content) if number else RuleSet()


def rule_ids_of_version(number: int) -> set[int]:
    """Return the ids of the rules of a version."""
    return {rule.id for rule in rule_set_of_version(number).rules}


def all_drafts() -> QuerySet[RuleSetDraft]:
    """Return the drafts, the one that was changed last first, with who began them."""
    return RuleSetDraft.objects.select_related("author").order_by("-edited_at", "-id")


def find_draft(draft_id: int) -> RuleSetDraft:
    """Return a draft. Raises UnknownDraft."""
    draft = all_drafts().filter(pk=draft_id).first() if is_id(draft_id) else None
    if draft is None:
        raise UnknownDraft(f"Draft {draft_id} does not exist.")
    return draft


def lock_draft(draft_id: int) -> RuleSetDraft:
    """Return a draft, its row locked. Raises UnknownDraft."""
    draft = RuleSetDraft.objects.select_for_update().filter(pk=draft_id).first() if is_id(draft_id) else None
    if draft is None:
        raise UnknownDraft(f"Draft {draft_id} does not exist.")
    return draft


def remove_draft(draft: RuleSetDraft) -> None:
    """Delete a draft; versions that it became stay."""
    RuleSetDraft.objects.filter(pk=draft.pk).delete()


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
