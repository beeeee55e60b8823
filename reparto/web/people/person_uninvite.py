"""Withdraw a sign-in link that was not used."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.people.revoke_invitation import revoke_invitation

from ..page import Page


class PersonUninvite(Page):
    """`POST /agentes/<id>/retirar-invitacion`."""

    action: ClassVar[str] = "people.manage"

    def post(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """Withdraw it."""
        person = revoke_invitation(person_id, actor=self.actor, at=self.at)
        said = gettext("The link of %(name)s works no more.") % {"name": person.name}
        return self.done(said, to=reverse("person", args=[person_id]))
