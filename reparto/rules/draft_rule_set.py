"""
The list of rules as it would be with a draft in it, or a whole drafted list: to be tried, never to be obeyed.

It reads the draft as the verbs that publish do, with the same faults, and stores nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from reparto.engine import RuleSet
from reparto.kit.faults import Faults
from reparto.kit.organizations import this_organization

from .models import Rule
from .publish_rules import freeze_rule
from .queries import UnknownRule, all_rules
from .read_rule import check_after, read_rule
from .rule_draft import RuleDraft
from .show_rule import put_into_rule


def draft_rule_set(
    drafts: Sequence[RuleDraft],
    *,
    whole: bool = False,
    rule_id: int | None = None,
    among: Sequence[Rule] | None = None,
) -> RuleSet:
    """
    Return the rules in force with one draft in a rule's place, or at the end; or the drafts alone as a `whole` list.

    `among` are other rules than those in force: those of a drafted list.

    Paused rules stay in, so that a trial says so.

    Raises:
        UnknownRule: There is no such rule here.
        Invalid: Something is wrong with a draft; has all faults.

    """
    faults = Faults()
    edition = this_organization().edition
    written = [
        _rule(draft, edition=edition, path=f"rules[{place}]" if whole else "", faults=faults)
        for place, draft in enumerate(drafts)
    ]
    faults.check()
    listed = written if whole else _in_its_place(written[0], rule_id, list(all_rules() if among is None else among))
    for position, rule in enumerate(listed, start=1):
        rule.position = position
        # A rule that was never stored has no id; below zero none is anybody's.
        rule.pk = rule.pk or -position
    return RuleSet(rules=tuple(freeze_rule(rule) for rule in listed))


def _in_its_place(draft: Rule, rule_id: int | None, rules: list[Rule]) -> list[Rule]:
    if rule_id is None:
        return [*rules, draft]
    if all(rule.pk != rule_id for rule in rules):
        raise UnknownRule(f"Rule {rule_id} does not exist.")
    draft.pk = rule_id
    return [draft if rule.pk == rule_id else rule for rule in rules]


def _rule(draft: RuleDraft, *, edition: str, path: str, faults: Faults) -> Rule:
    found = Faults()
    values = read_rule(_raw(draft), edition=edition, faults=found)
    check_after(values, found)
    for fault in found.found:
        faults.add(".".join(part for part in (path, fault.path) if part), fault.code, fault.message)
    rule = Rule()
    put_into_rule(rule, values)
    return rule


def _raw(draft: RuleDraft) -> Mapping[str, Any]:
    names: Iterable[str] = (field.name for field in fields(draft))
    return {name: getattr(draft, name) for name in names}
