"""
Put the rules in another order and publish the whole list.

It changes no rule, so no rule's version counts up.
"""

from collections.abc import Sequence
from copy import copy
from datetime import datetime

from django.utils.translation import gettext

from reparto.kit.audit import record_audit
from reparto.kit.faults import Fault, Invalid
from reparto.kit.organizations import lock_organization
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .check_in_force import check_in_force
from .models import Rule
from .publish_rules import publish_rules
from .queries import all_rules, store_order
from .refuse_faults import refuse_faults


def reorder_rules(rule_ids: Sequence[int], *, actor: Actor, at: datetime, if_version: int | None = None) -> list[Rule]:
    """
    Put the rules in the order of these ids; `if_version` is the version in force as the actor saw it.

    Raises:
        NotAllowed: The actor does not manage rules.
        StaleRules: Another version is in force than the actor saw.
        Invalid: The ids are not those of all rules, each once, or a rule would never be reached.

    """
    check(actor, "rules.manage")
    lock_organization()
    check_in_force(if_version)
    rules = {rule.pk: rule for rule in all_rules()}
    if sorted(rule_ids) != sorted(rules):
        message = gettext("Name all rules, each once; the list may have changed meanwhile.")
        raise Invalid((Fault("ids", "not_all_rules", message),))
    before = list(rules)
    ordered = [rules[rule_id] for rule_id in rule_ids]
    refuse_faults(list(rules.values()), _in_order(ordered), at=at)
    store_order(ordered)
    record_audit(
        actor.person_id,
        "rule.reorder",
        object_kind="organization",
        object_id=actor.organization_id,
        before={"ids": before},
        after={"ids": list(rule_ids)},
        at=at,
    )
    publish_rules(actor=actor, at=at)
    return ordered


def _in_order(ordered: Sequence[Rule]) -> list[Rule]:
    """The rules as they would be, apart from those of the list."""
    moved = [copy(rule) for rule in ordered]
    for place, rule in enumerate(moved, start=1):
        rule.position = place
    return moved
