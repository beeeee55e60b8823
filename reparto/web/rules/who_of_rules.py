"""
Whom rules assign to, by name, in the order of each list; groups stand for themselves.

Names are today's.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from reparto.rules.models import Rule
from reparto.rules.read_rule_names import read_rule_names


def who_of_rules(rules: Sequence[Rule]) -> dict[int, list[str]]:
    """Return the names of each rule's list, by its id (two queries)."""
    names = read_rule_names((), assign_to=[target for rule in rules for target in rule.assign_to])
    gone = gettext("somebody who is no longer here")
    return {rule.pk: [names.get(_key(target), gone) for target in rule.assign_to] for rule in rules}


def _key(target: Mapping[str, Any]) -> tuple[str, int]:
    return ("owner", target["person_id"]) if target.get("person_id") else ("groups", target.get("group_id") or 0)
