"""
Add a node to the organization's tree.

It moves nobody into it.
"""

from datetime import datetime

from django.utils.translation import gettext

from reparto.kit.audit import record_audit
from reparto.kit.faults import Faults
from reparto.kit.live import publish
from reparto.kit.read_text import read_line

from .actor import Actor
from .in_tree_order import last_place
from .models import Group
from .permissions import check
from .queries import lock_group, root_group

NAME_LIMIT = 200
#: Levels below the root; far beyond any company, and a path always fits its column.
DEPTH_LIMIT = 20


def add_group(name: str, *, parent_id: int | None = None, actor: Actor, at: datetime) -> Group:
    """
    Add a group below another, or below the root.

    Raises:
        NotAllowed: The actor does not manage people.
        Invalid: Something is wrong with the name or the parent.

    """
    check(actor, "people.manage")
    faults = Faults()
    name = read_line(name, path="name", limit=NAME_LIMIT, faults=faults)
    # Held, or a move meanwhile would leave the new one with a path of before.
    parent = lock_group(root_group().pk if parent_id is None else parent_id)
    if parent is None:
        faults.add("parent_id", "unknown_group", gettext("There is no such group."))
    elif parent.path.count("/") - len("//") >= DEPTH_LIMIT:
        faults.add("parent_id", "too_deep", gettext("Groups may be nested %(limit)d deep.") % {"limit": DEPTH_LIMIT})
    faults.check()
    position = last_place(Group.objects.filter(parent=parent)) if parent else 0
    group = Group(organization_id=actor.organization_id, name=name, parent=parent, position=position)
    group.save(force_insert=True)
    group.path = f"{parent.path if parent else '/'}{group.pk}/"
    group.save(update_fields=["path"])
    after = {"name": name, "parent_id": group.parent_id}
    record_audit(actor.person_id, "group.add", object_kind="group", object_id=group.pk, before=None, after=after, at=at)
    publish(actor.organization_id, "people")
    return group
