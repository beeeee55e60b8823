"""Take somebody's access away (EC-23)."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.people.suspend_person import suspend_person

from ..page import Page
from .change_desk import change_desk


class PersonSuspend(Page):
    """`POST /agentes/<id>/suspender`."""

    action: ClassVar[str] = "people.manage"

    def post(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """Suspend; the last administrator cannot be."""
        to = reverse("person", args=[person_id])
        try:
            person = change_desk(
                lambda: suspend_person(person_id, actor=self.actor, at=self.at), actor=self.actor, at=self.at
            )
        except Invalid as invalid:
            return self.done(invalid.faults[0].message, to=to)
        said = gettext("%(name)s is suspended: cannot sign in and receives nothing. Their open work stays with them.")
        return self.done(said % {"name": person.name}, to=to)
