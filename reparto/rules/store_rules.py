"""
Make the editable list what somebody published as a whole: a draft, or an earlier version.

A rule keeps its id, hence its turns and its figures, even when it had been deleted meanwhile. It checks nothing and
publishes nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from .models import Rule
from .queries import all_rules, remove_rule
from .show_rule import put_into_rule, show_rule


def store_rules(listed: Sequence[Mapping[str, Any]], *, organization_id: int) -> None:
    """Change, add back, add and delete, until the list is this one; the caller holds the organization's lock."""
    former = {rule.pk: rule for rule in all_rules()}
    for rule_id in former.keys() - {shown["id"] for shown in listed}:
        remove_rule(former[rule_id])
    for position, shown in enumerate(listed, start=1):
        rule = former.get(shown["id"]) or Rule(pk=shown["id"], organization_id=organization_id, version=0)
        values = {name: value for name, value in shown.items() if name != "id"}
        before = show_rule(rule) if rule.version else {}
        put_into_rule(rule, values)
        moved, rule.position = rule.position != position, position
        changed = show_rule(rule) != before
        rule.version += changed
        if changed or moved:
            rule.save(force_insert=shown["id"] not in former, force_update=shown["id"] in former)
