"""
Add a rule at the end of the list and publish the whole.

Only an administrator may (UP-1); waiting work is woken by whoever calls.
"""

from dataclasses import fields
from datetime import datetime

from reparto.kit.audit import record_audit
from reparto.kit.faults import Faults
from reparto.kit.organizations import lock_organization
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .check_room import check_room
from .models import Rule
from .publish_rules import publish_rules
from .queries import all_rules, next_position
from .read_rule import check_after, read_rule
from .refuse_faults import refuse_faults
from .rule_draft import RuleDraft
from .show_rule import put_into_rule, show_rule


def add_rule(draft: RuleDraft, *, actor: Actor, at: datetime) -> Rule:
    """
    Add a rule.

    Raises:
        NotAllowed: The actor does not manage rules.
        Invalid: Something is wrong with the rule, or with the list as it would be, or it is full; `needs_pro` when the
            edition does not offer its criterion.

    """
    check(actor, "rules.manage")
    # One writer of the list at a time: places and version numbers follow from what is there.
    organization = lock_organization()
    check_room()
    faults = Faults()
    raw = {field.name: getattr(draft, field.name) for field in fields(draft)}
    values = read_rule(raw, edition=organization.edition, faults=faults)
    check_after(values, faults)
    faults.check()
    rule = Rule(organization_id=actor.organization_id, position=next_position())
    put_into_rule(rule, values)
    listed = list(all_rules())
    refuse_faults(listed, [*listed, rule], at=at, own=rule)
    rule.save(force_insert=True)
    record_audit(
        actor.person_id,
        "rule.add",
        object_kind="rule",
        object_id=rule.pk,
        before=None,
        after=show_rule(rule),
        at=at,
    )
    publish_rules(actor=actor, at=at)
    return rule
