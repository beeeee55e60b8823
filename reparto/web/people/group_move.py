"""Move a group to another place of the tree: by drag, by keyboard, or by the list and buttons of its form."""

from typing import ClassVar, get_args
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.people.in_tree_order import in_tree_order
from reparto.people.models import Group
from reparto.people.move_group import move_group
from reparto.people.order_group import Side, order_group
from reparto.people.queries import all_groups

from ..page import Page
from ..read_id import read_id
from .change_desk import change_desk

SIDES: tuple[Side, ...] = get_args(Side)


class GroupMove(Page):
    """`POST /agentes/grupos/<id>/mover`: `parent_id`, and `before` or `behind` whom."""

    action: ClassVar[str] = "people.manage"

    def post(self, request: HttpRequest, group_id: int) -> HttpResponse:
        """Move it; whose contacts a manager sees follows at once."""
        back = _way_back(group_id)
        asked = request.GET if "parent_id" in request.GET else request.POST
        try:
            group = change_desk(lambda: self._move(group_id, asked), actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self.refused(invalid.faults[0].message, to=reverse("groups"), status=422)
        undo = f"{reverse('group_move', args=[group_id])}?{urlencode(back)}"
        said = gettext("«%(name)s» has another place now.") % {"name": group.name}
        return self.done(said, to=f"{reverse('groups')}#g{group_id}", undo=undo)

    def _move(self, group_id: int, asked: QueryDict) -> Group:
        above = read_id(asked.get("parent_id", ""))
        with transaction.atomic():  # both or neither
            group = move_group(group_id, parent_id=above, actor=self.actor, at=self.at)
            for side in SIDES:
                if beside := asked.get(side):
                    group = order_group(group_id, beside_id=read_id(beside), side=side, actor=self.actor, at=self.at)
        return group


def _way_back(group_id: int) -> dict[str, int]:
    """Return what puts a group where it is now."""
    groups = in_tree_order(all_groups())
    group = next((one for one in groups if one.pk == group_id), None)
    if group is None or group.parent_id is None:
        return {}
    beside = [one.pk for one in groups if one.parent_id == group.parent_id]
    place = beside.index(group.pk)
    if place:
        return {"parent_id": group.parent_id, "behind": beside[place - 1]}
    return {"parent_id": group.parent_id} | ({"before": beside[1]} if len(beside) > 1 else {})
