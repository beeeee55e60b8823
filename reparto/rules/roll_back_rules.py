"""
Go back to an earlier version in one step: its rules are published anew, and the editable list becomes them.

The versions in between stay; going back can itself be taken back.
"""

from datetime import datetime

from reparto.kit.audit import record_audit
from reparto.kit.faults import Faults
from reparto.kit.organizations import lock_organization
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .check_in_force import check_in_force
from .models import RuleSetVersion
from .publish_rules import publish_rules
from .queries import all_rules, find_version, rule_set_of_version
from .read_rule_list import read_rule_list
from .store_rules import store_rules
from .thaw_rules import list_rules, thaw_rules


def roll_back_rules(number: int, *, actor: Actor, at: datetime, over: int | None = None) -> RuleSetVersion:
    """
    Publish the content of an earlier version as the next one; `over` is the version in force as the actor knows it.

    Only what cannot be stored any more stands in the way: a field or a template that is gone, a criterion that the
    edition does not have. A rule whose people have left comes back as it was, and its card says so.

    Raises:
        NotAllowed: The actor does not manage rules.
        UnknownVersion: There is no such version here.
        StaleRules: Another version is in force than the actor knows.
        Invalid: Some rule of it cannot be stored any more; paths name the rule: `rules[2].filters`.

    """
    check(actor, "rules.manage")
    organization = lock_organization()
    listed = list_rules(thaw_rules(rule_set_of_version(find_version(number).number)))
    check_in_force(over)
    faults = Faults()
    bare = [{name: value for name, value in rule.items() if name != "id"} for rule in listed]
    read_rule_list(bare, edition=organization.edition, faults=faults)
    faults.check()
    before = list_rules(all_rules())
    store_rules(listed, organization_id=actor.organization_id)
    record_audit(
        actor.person_id,
        "rule.roll_back",
        object_kind="organization",
        object_id=actor.organization_id,
        before={"rules": before},
        after={"rules": listed, "version": number},
        at=at,
    )
    return publish_rules(actor=actor, at=at, restores=number)
