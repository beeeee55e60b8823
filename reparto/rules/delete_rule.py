"""
Take a rule out of the list and publish what is left.

Decisions that it made keep their trace (EC-98).
"""

from datetime import datetime

from reparto.kit.audit import record_audit
from reparto.kit.check_version import check_version
from reparto.kit.organizations import lock_organization
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .models import Rule
from .publish_rules import publish_rules
from .queries import all_rules, find_rule, remove_rule, store_order
from .show_rule import show_rule


def delete_rule(rule_id: int, *, actor: Actor, at: datetime, if_version: int | None = None) -> Rule:
    """
    Delete a rule; those after it move up.

    Raises:
        NotAllowed: The actor does not manage rules.
        UnknownRule: There is no such rule here.
        StaleVersion: Somebody changed it since the actor looked.

    """
    check(actor, "rules.manage")
    lock_organization()
    rule = find_rule(rule_id)
    check_version(rule.version, if_version)
    remove_rule(rule)
    store_order(list(all_rules()))
    record_audit(
        actor.person_id,
        "rule.delete",
        object_kind="rule",
        object_id=rule_id,
        before=show_rule(rule),
        after=None,
        at=at,
    )
    publish_rules(actor=actor, at=at)
    return rule
