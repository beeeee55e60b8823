"""
Delete an empty group: nobody is in it, nothing lies below it, nothing refers to it.

What rooms above know of it (rules, flows, history) `flows.remove_group` asks first.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from reparto.kit.audit import record_audit
from reparto.kit.faults import Fault, Invalid
from reparto.kit.live import publish

from .actor import Actor
from .models import Group, Person
from .permissions import check
from .queries import UnknownGroup, lock_groups


def delete_group(group_id: int, *, actor: Actor, at: datetime) -> None:
    """
    Delete a group.

    Raises:
        NotAllowed: The actor does not manage people.
        UnknownGroup: There is no such group here.
        Invalid: It is not empty, or something still refers to it.

    """
    check(actor, "people.manage")
    groups = {group.pk: group for group in lock_groups()}
    group = groups.get(group_id)
    if group is None:
        raise UnknownGroup(f"Group {group_id} does not exist.")
    _check_empty(group, list(groups.values()))
    before = {"name": group.name, "parent_id": group.parent_id}
    try:
        with transaction.atomic():
            Group.objects.filter(pk=group.pk).delete()
    except IntegrityError:
        # A role over it, an account that belongs to it, a conversation that it works.
        raise in_use() from None
    record_audit(
        actor.person_id, "group.delete", object_kind="group", object_id=group_id, before=before, after=None, at=at
    )
    publish(actor.organization_id, "people")


def in_use() -> Invalid:
    """Return the refusal of a group that something refers to."""
    message = gettext("A role, an account, a rule or the history still names this group; it cannot be deleted.")
    return Invalid((Fault("group_id", "in_use", message),))


def _check_empty(group: Group, groups: list[Group]) -> None:
    if group.parent_id is None:
        raise Invalid((Fault("group_id", "is_root", gettext("The company itself cannot be deleted.")),))
    if any(one.parent_id == group.pk for one in groups):
        raise Invalid((Fault("group_id", "not_empty", gettext("There are groups inside it; move them first.")),))
    if Person.objects.filter(group=group).exists():
        raise Invalid((Fault("group_id", "not_empty", gettext("There are people in it; move them first.")),))
