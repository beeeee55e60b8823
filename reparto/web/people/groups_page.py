"""The tree of groups: add one, rename one; each can be moved and, when empty, deleted."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.people.add_group import add_group
from reparto.people.in_tree_order import in_tree_order
from reparto.people.models import Group
from reparto.people.queries import all_groups, people_by_group
from reparto.people.rename_group import rename_group

from ..ask import Ask, choices_of, faults_by_path
from ..page import Page
from ..read_id import read_id
from .person_form import group_choices, path_of


class GroupsPage(Page):
    """`/agentes/grupos`: `name` with `parent_id` adds, `name` with `group_id` renames."""

    action: ClassVar[str] = "people.manage"
    section: ClassVar[str] = "agents"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the tree."""
        return self._ask({})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add or rename."""
        name, group_id = request.POST.get("name", ""), request.POST.get("group_id", "")
        try:
            if group_id:
                group = rename_group(read_id(group_id), name=name, actor=self.actor, at=self.at)
                said = gettext("The group is called «%(name)s» now.")
            else:
                parent = read_id(request.POST.get("parent_id", ""))
                group = add_group(name, parent_id=parent, actor=self.actor, at=self.at)
                said = gettext("The group «%(name)s» is there.")
        except Invalid as invalid:
            return self._ask(dict(faults_by_path(invalid)), sent=request.POST.dict())
        return self.done(said % {"name": group.name}, to=reverse("groups"))

    def _ask(self, faults: dict[str, str], sent: dict[str, Any] | None = None) -> HttpResponse:
        sent = sent or {}
        adding = not sent.get("group_id")
        name = sent.get("name", "") if adding else ""
        parent = sent.get("parent_id", "")
        fields = [
            Ask(
                "name",
                gettext("Name of the group"),
                name,
                error=faults.get("name", "") if adding else "",
                required=True,
            ),
            Ask(
                "parent_id",
                gettext("Inside"),
                choices=choices_of(group_choices(), chosen=parent),
                error=faults.get("parent_id", ""),
            ),
        ]
        context = {"fields": fields, "tree": _tree(sent, faults), "tab": "groups"}
        return self.show("people/groups.html", context, status=422 if faults else 200)


def _tree(sent: dict[str, Any], faults: dict[str, str]) -> list[dict[str, Any]]:
    """Return the groups; one that was to be renamed and was not keeps the name that was typed, and says why."""
    wrong = sent.get("group_id", "") if faults else ""
    members = people_by_group()
    groups = in_tree_order(all_groups())
    parents = {group.parent_id for group in groups}
    return [
        {
            "group": group,
            "depth": group.path.count("/") - 2,
            "count": len(members.get(group.pk, ())),
            "empty": group.parent_id is not None and group.pk not in members and group.pk not in parents,
            "typed": sent.get("name", "") if str(group.pk) == wrong else group.name,
            "fault": faults.get("name", "") if str(group.pk) == wrong else "",
            "places": [] if group.parent_id is None else _places(group, groups),
        }
        | _neighbours(group, groups)
        for group in groups
    ]


def _neighbours(group: Group, groups: list[Group]) -> dict[str, int | None]:
    """Return the groups just before and behind one, among those beside it."""
    beside = [None, *(one.pk for one in groups if one.parent_id == group.parent_id), None]
    place = beside.index(group.pk)
    return {"above": beside[place - 1], "below": beside[place + 1]}


def _places(group: Group, groups: list[Group]) -> list[tuple[int, str]]:
    """Return where a group may be moved: anywhere but into itself, and not where it is."""
    free = [one for one in groups if not one.path.startswith(group.path) and one.pk != group.parent_id]
    return [(one.pk, path_of(one, groups)) for one in free]
