"""Move a group to another place of the tree: by drag, by keyboard, or by the list of its form."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.people.move_group import move_group
from reparto.people.queries import find_group

from ..page import Page
from ..read_id import read_id
from .change_desk import change_desk


class GroupMove(Page):
    """`POST /agentes/grupos/<id>/mover`: `parent_id`, or `?to=` for the way back."""

    action: ClassVar[str] = "people.manage"

    def post(self, request: HttpRequest, group_id: int) -> HttpResponse:
        """Move it; whose contacts a manager sees follows at once."""
        former = find_group(group_id)
        parent_id = read_id(request.GET.get("to") or request.POST.get("parent_id", ""))
        try:
            group = change_desk(
                lambda: move_group(group_id, parent_id=parent_id, actor=self.actor, at=self.at),
                actor=self.actor,
                at=self.at,
            )
        except Invalid as invalid:
            return self.done(invalid.faults[0].message, to=reverse("groups"))
        undo = f"{reverse('group_move', args=[group_id])}?to={former.parent_id if former else ''}"
        said = gettext("«%(name)s» has another place now.") % {"name": group.name}
        return self.done(said, to=f"{reverse('groups')}#g{group_id}", undo=undo)
