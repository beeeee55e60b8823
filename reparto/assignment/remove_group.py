"""
Delete an empty group that no rule names and that was never given work: the history keeps its words.

Whether it is empty is asked by `people.delete_group`.
"""

from datetime import datetime

from reparto.people.actor import Actor
from reparto.people.delete_group import delete_group, in_use
from reparto.people.permissions import check
from reparto.rules.queries import all_rules

from .lock_desk import lock_desk
from .models import Decision


def remove_group(group_id: int, *, actor: Actor, at: datetime) -> None:
    """
    Delete a group.

    Raises:
        NotAllowed: The actor does not manage people.
        UnknownGroup: There is no such group here.
        Invalid: It is not empty, or something still refers to it.

    """
    check(actor, "people.manage")
    lock_desk(actor.organization_id)
    named = any(one.get("group_id") == group_id for rule in all_rules() for one in rule.assign_to)
    if named or Decision.objects.filter(group_ids__contains=[group_id]).exists():
        raise in_use()
    delete_group(group_id, actor=actor, at=at)
