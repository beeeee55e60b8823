"""Delete an empty group."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.flows.remove_group import remove_group
from reparto.kit.faults import Invalid

from ..page import Page


class GroupDelete(Page):
    """`POST /agentes/grupos/<id>/eliminar`."""

    action: ClassVar[str] = "people.manage"

    def post(self, request: HttpRequest, group_id: int) -> HttpResponse:
        """Delete it, or say why it stays."""
        try:
            remove_group(group_id, actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self.refused(invalid.faults[0].message, to=reverse("groups"), status=422)
        return self.done(gettext("The group is deleted."), to=reverse("groups"))
