"""
Put a group before or behind another one beside it.

Only how the tree reads changes: nobody sees or manages anything else.
"""

from datetime import datetime
from typing import Literal

from django.utils.translation import gettext

from reparto.kit.audit import record_audit
from reparto.kit.faults import Fault, Invalid
from reparto.kit.live import publish

from .actor import Actor
from .in_tree_order import in_tree_order
from .models import Group
from .permissions import check
from .queries import UnknownGroup, lock_groups

Side = Literal["before", "behind"]
#: Under which name a program says beside whom.
FIELD: dict[Side, str] = {"before": "before_id", "behind": "after_id"}


def order_group(group_id: int, *, beside_id: int, side: Side, actor: Actor, at: datetime) -> Group:
    """
    Give a group its place among those beside it; where it stands already changes nothing.

    Raises:
        NotAllowed: The actor does not manage people.
        UnknownGroup: There is no such group here.
        Invalid: The other group is not beside it.

    """
    check(actor, "people.manage")
    groups = in_tree_order(lock_groups())
    group = next((one for one in groups if one.pk == group_id), None)
    if group is None:
        raise UnknownGroup(f"Group {group_id} does not exist.")
    before = [one for one in groups if one.parent_id == group.parent_id]
    others = [one for one in before if one.pk != group_id]
    place = next((at for at, one in enumerate(others) if one.pk == beside_id), None)
    if place is None:
        raise Invalid((Fault(FIELD[side], "not_beside", gettext("That group is not beside this one.")),))
    place += side == "behind"
    after = [*others[:place], group, *others[place:]]
    if after != before:
        _store(group, before, after, actor=actor, at=at)
    return group


def _store(group: Group, before: list[Group], after: list[Group], *, actor: Actor, at: datetime) -> None:
    for position, one in enumerate(after, start=1):
        one.position = position
    Group.objects.bulk_update(after, ["position"])
    record_audit(
        actor.person_id,
        "group.order",
        object_kind="group",
        object_id=group.pk,
        before={"order": [one.pk for one in before]},
        after={"order": [one.pk for one in after]},
        at=at,
    )
    publish(actor.organization_id, "people")
