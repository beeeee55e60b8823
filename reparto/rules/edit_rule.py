"""
Change a rule, or switch it on or off, and publish the whole list.

Versions published before keep the rule as it was.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from reparto.kit.audit import record_edit
from reparto.kit.check_version import check_version
from reparto.kit.faults import Faults
from reparto.kit.organizations import lock_organization
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .models import Rule
from .publish_rules import publish_rules
from .queries import all_rules, find_rule
from .read_rule import check_after, read_rule
from .refuse_faults import refuse_faults
from .show_rule import put_into_rule, show_rule


def edit_rule(
    rule_id: int, changes: Mapping[str, Any], *, actor: Actor, at: datetime, if_version: int | None = None
) -> Rule:
    """
    Change the fields that are given.

    Raises:
        NotAllowed: The actor does not manage rules.
        UnknownRule: There is no such rule here.
        StaleVersion: Somebody changed it since the actor looked.
        Invalid: Something is wrong with the changes, or with the list as it would be; has all faults.

    """
    check(actor, "rules.manage")
    organization = lock_organization()
    rule = find_rule(rule_id)
    check_version(rule.version, if_version)
    before = show_rule(rule)
    faults = Faults()
    values = read_rule(changes, edition=organization.edition, faults=faults)
    if values.get("trigger") == "web_integration":
        # It acts at once: the duration of the former trigger goes with it.
        values.setdefault("after", None)
    check_after(before | values, faults)
    faults.check()
    listed = list(all_rules())
    put_into_rule(rule, values)
    refuse_faults(listed, [rule if one.pk == rule.pk else one for one in listed], at=at, own=rule)
    rule.version += 1
    rule.save()
    record_edit(
        actor.person_id,
        "rule.edit",
        object_kind="rule",
        object_id=rule.pk,
        states=(before, show_rule(rule)),
        at=at,
    )
    publish_rules(actor=actor, at=at)
    return rule
