"""Give a suspended person their access back."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.people.reactivate_person import reactivate_person

from ..page import Page
from .change_desk import change_desk


class PersonReactivate(Page):
    """`POST /agentes/<id>/reactivar`."""

    action: ClassVar[str] = "people.manage"

    def post(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """Let them in again; they receive once somebody enables it."""
        person = change_desk(
            lambda: reactivate_person(person_id, actor=self.actor, at=self.at), actor=self.actor, at=self.at
        )
        said = gettext("%(name)s may sign in again. Switch on Receives when they should be given contacts.")
        return self.done(said % {"name": person.name}, to=reverse("person", args=[person_id]))
