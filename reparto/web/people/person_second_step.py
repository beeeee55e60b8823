"""Take off the second step of somebody who lost it."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.notifications.notify_second_step import notify_second_step
from reparto.people.queries import find_person
from reparto.people.remove_second_step import remove_second_step

from ..page import Page


class PersonSecondStep(Page):
    """`POST /agentes/<id>/segundo-paso`: they are signed out, and sign in by password alone."""

    action: ClassVar[str] = "people.manage"

    def post(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """Remove it and tell them."""
        to, name = reverse("person", args=[person_id]), {"name": find_person(person_id).name}
        try:
            person = remove_second_step(person_id, actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self.refused(invalid.faults[0].message, to=to, status=422)
        if person is None:
            return self.done(gettext("%(name)s has no second step.") % name, to=to)
        notify_second_step(person, at=self.at)
        return self.done(gettext("%(name)s signs in with the password alone until they set up another.") % name, to=to)
