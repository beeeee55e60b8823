"""
Give a group another name.

Its place in the tree stays.
"""

from datetime import datetime

from reparto.kit.audit import record_audit
from reparto.kit.faults import Faults
from reparto.kit.live import publish
from reparto.kit.read_text import read_line

from .actor import Actor
from .add_group import NAME_LIMIT
from .models import Group
from .permissions import check
from .queries import UnknownGroup, find_group


def rename_group(group_id: int, *, name: str, actor: Actor, at: datetime) -> Group:
    """
    Rename a group.

    Raises:
        NotAllowed: The actor does not manage people.
        UnknownGroup: There is no such group here.
        Invalid: The name is blank or too long.

    """
    check(actor, "people.manage")
    group = find_group(group_id)
    if group is None:
        raise UnknownGroup(f"Group {group_id} does not exist.")
    faults = Faults()
    before, group.name = group.name, read_line(name, path="name", limit=NAME_LIMIT, faults=faults)
    faults.check()
    group.save(update_fields=["name"])
    record_audit(
        actor.person_id,
        "group.rename",
        object_kind="group",
        object_id=group.pk,
        before={"name": before},
        after={"name": group.name},
        at=at,
    )
    publish(actor.organization_id, "people")
    return group
