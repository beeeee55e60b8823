"""
Delete an empty group that no rule and no flow names and that was never given work: the history keeps its words.

Whether it is empty is asked by `people.delete_group`.
"""

from datetime import datetime

from django.utils.translation import gettext

from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.queries import has_worked
from reparto.kit.faults import Fault, Invalid
from reparto.people.actor import Actor
from reparto.people.delete_group import delete_group, in_use
from reparto.people.permissions import check
from reparto.rules.queries import all_rules

from .queries import flows_with_group


def remove_group(group_id: int, *, actor: Actor, at: datetime) -> None:
    """
    Delete a group.

    Raises:
        NotAllowed: The actor does not manage people.
        UnknownGroup: There is no such group here.
        Invalid: It is not empty, or something still refers to it.

    """
    check(actor, "people.manage")
    # Whoever publishes rules or a flow holds it too: none comes to name the group meanwhile.
    lock_desk(actor.organization_id)
    named = any(one.get("group_id") == group_id for rule in all_rules() for one in rule.assign_to)
    if named or has_worked(group_id):
        raise in_use()
    for flow in flows_with_group(group_id):
        said = gettext("The flow «%(name)s» names this group; take it out there first.") % {"name": flow.name}
        raise Invalid((Fault("group_id", "in_use", said),))
    delete_group(group_id, actor=actor, at=at)
