"""
Copy a rule: the copy stands right behind it, paused, so that it can be changed before it acts.

It has turns of its own.
"""

from datetime import datetime

from django.utils.translation import gettext

from reparto.kit.audit import record_audit
from reparto.kit.check_version import check_version
from reparto.kit.organizations import lock_organization
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .check_room import check_room
from .models import Rule
from .publish_rules import publish_rules
from .queries import all_rules, find_rule, store_order
from .read_rule import DESCRIPTION_LIMIT
from .show_rule import put_into_rule, show_rule


def duplicate_rule(rule_id: int, *, actor: Actor, at: datetime, if_version: int | None = None) -> Rule:
    """
    Add a paused copy of a rule behind it.

    Raises:
        NotAllowed: The actor does not manage rules.
        UnknownRule: There is no such rule here.
        StaleVersion: Somebody changed it since the actor looked.
        Invalid: The list is full.

    """
    check(actor, "rules.manage")
    lock_organization()
    check_room()
    former, rules = find_rule(rule_id), list(all_rules())
    check_version(former.version, if_version)
    place = next(at for at, rule in enumerate(rules, start=1) if rule.pk == former.pk)
    copy = Rule(organization_id=actor.organization_id, position=len(rules) + 1)
    put_into_rule(copy, show_rule(former) | {"description": name_of_copy(former.description), "active": False})
    copy.save(force_insert=True)
    store_order([*rules[:place], copy, *rules[place:]])
    record_audit(
        actor.person_id,
        "rule.duplicate",
        object_kind="rule",
        object_id=copy.pk,
        before=None,
        after=show_rule(copy),
        at=at,
    )
    publish_rules(actor=actor, at=at)
    return copy


def name_of_copy(description: str) -> str:
    """Return what the copy of a rule is called."""
    return (gettext("Copy of %(name)s") % {"name": description})[:DESCRIPTION_LIMIT]
