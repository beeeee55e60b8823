"""Enable somebody to receive, or not (AD-7): the switch of their row."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.people.edit_person import edit_person

from ..come_back import come_back
from ..page import Page
from .change_desk import change_desk


class PersonReceives(Page):
    """`POST /agentes/<id>/recibe`: the switch `receives-<id>`, or `?to=` (on, off)."""

    action: ClassVar[str] = "people.manage"

    def post(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """Set it; whoever waits may have somebody now."""
        wanted = request.GET.get("to") or request.POST.get(f"receives-{person_id}", "off")
        receives = wanted == "on"
        person = change_desk(
            lambda: edit_person(person_id, {"receives": receives}, actor=self.actor, at=self.at),
            actor=self.actor,
            at=self.at,
        )
        said = gettext("%(name)s receives contacts.") if receives else gettext("%(name)s receives nothing new.")
        undo = f"{reverse('person_receives', args=[person_id])}?to={'off' if receives else 'on'}"
        part = HttpResponse() if self.by_htmx else None
        return self.done(said % {"name": person.name}, to=come_back(request), undo=undo, part=part)
