"""Hand out a new sign-in link."""

from typing import ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.people.invite_person import invite_person
from reparto.people.queries import find_person

from ..page import Page


class PersonInvite(Page):
    """`POST /agentes/<id>/invitar`: a new link, shown once; links given before are good no more."""

    action: ClassVar[str] = "people.manage"
    section: ClassVar[str] = "agents"

    def post(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """Make the link and show it."""
        person = find_person(person_id)
        if person.suspended_at is not None:
            said = gettext("%(name)s is suspended; reactivate them first.")
            return self.done(said % {"name": person.name}, to=reverse("person", args=[person_id]))
        url = invite_person(person_id, at=self.at, actor=self.actor)
        return self.show(
            "people/invited.html",
            {"person": person, "link": url, "mailed": bool(settings.MAILERS), "fresh": False, "tab": "people"},
        )
