"""
Move a group, with all that lies below it, to another place of the tree.

Who manages or sees what follows from the paths, so whoever calls holds the desk's lock and wakes what waits.
"""

from datetime import datetime

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext

from reparto.kit.audit import record_audit
from reparto.kit.faults import Fault, Invalid
from reparto.kit.live import publish
from reparto.kit.read_choice import is_id

from .actor import Actor
from .add_group import DEPTH_LIMIT
from .in_tree_order import last_place
from .models import Group
from .permissions import check
from .queries import UnknownGroup, lock_groups


def move_group(group_id: int, *, parent_id: int, actor: Actor, at: datetime) -> Group:
    """
    Hang a group below another; where it hangs already changes nothing.

    Raises:
        NotAllowed: The actor does not manage people.
        UnknownGroup: There is no such group here.
        Invalid: The new place does not exist, lies inside the group, or is too deep; the root cannot be moved.

    """
    check(actor, "people.manage")
    # All of them: two moves at once, each sound by itself, could make a ring.
    groups = {group.pk: group for group in lock_groups()}
    group = groups.get(group_id)
    if group is None:
        raise UnknownGroup(f"Group {group_id} does not exist.")
    parent = groups.get(parent_id) if is_id(parent_id) else None
    if parent is not None and group.parent_id == parent.pk:
        return group
    parent = _check_place(group, parent, list(groups.values()))
    former, group.parent = group.parent_id, parent
    group.position = last_place(one for one in groups.values() if one.parent_id == parent.pk and one is not group)
    group.save(update_fields=["parent", "position"])
    _rewrite_paths(group, f"{parent.path}{group.pk}/")
    record_audit(
        actor.person_id,
        "group.move",
        object_kind="group",
        object_id=group.pk,
        before={"parent_id": former},
        after={"parent_id": parent.pk},
        at=at,
    )
    publish(actor.organization_id, "people")
    return group


def _check_place(group: Group, parent: Group | None, groups: list[Group]) -> Group:
    if parent is None:
        raise _refused("unknown_group", gettext("There is no such group."))
    if group.parent_id is None:
        raise _refused("is_root", gettext("The company itself cannot be moved."))
    if parent.path.startswith(group.path):
        raise _refused("inside_itself", gettext("A group cannot be inside itself."))
    deepest = max(one.path.count("/") for one in groups if one.path.startswith(group.path))
    height = deepest - group.path.count("/")
    if parent.path.count("/") - len("//") + height >= DEPTH_LIMIT:
        raise _refused("too_deep", gettext("Groups may be nested %(limit)d deep.") % {"limit": DEPTH_LIMIT})
    return parent


def _refused(code: str, message: str) -> Invalid:
    return Invalid((Fault("parent_id", code, message),))


def _rewrite_paths(group: Group, path: str) -> None:
    """Write the paths of a group and all below it anew, in one statement: a child added meanwhile is there too."""
    below = Group.objects.filter(path__startswith=group.path)
    below.update(path=Concat(Value(path), Substr(F("path"), len(group.path) + 1)))
    group.path = path
