"""Set somebody whom one leads away, off shift or back."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.people.choose_replies import choose_replies
from reparto.people.models import Person
from reparto.people.queries import find_person
from reparto.people.set_availability import STATUSES, set_availability

from ..come_back import come_back
from ..page import Page
from ..people.change_desk import change_desk
from .ask_again import ask_again
from .read_until import read_until


class SetForPerson(Page):
    """`POST /disponibilidad/{id}`: `availability`, `reason`, its end (`read_until`); or `reassign` (on, off) alone."""

    action: ClassVar[str] = "availability.others"

    def post(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """Set it; whoever waits may have somebody now."""
        to = come_back(request, otherwise=reverse("team_availability"))
        status, reassign = request.POST.get("availability", ""), request.POST.get("reassign", "")
        try:
            if reassign in ("on", "off"):
                person = change_desk(lambda: self._choose(person_id, reassign == "on"), actor=self.actor, at=self.at)
            elif status in STATUSES:
                person = change_desk(lambda: self._set(person_id, status), actor=self.actor, at=self.at)
            else:
                return self.refused(gettext("Choose one of the three."), to=to, status=422)
        except Invalid as invalid:
            return ask_again(self, invalid, to=to)
        return self.done(_said(person), to=to)

    def _set(self, person_id: int, status: str) -> Person:
        sent = self.request.POST
        return set_availability(
            person_id,
            status=status,
            reason=sent.get("reason", "") if status != "available" else "",
            until=read_until(sent, at=self.at, time_zone=find_person(person_id).time_zone),
            actor=self.actor,
            at=self.at,
        )

    def _choose(self, person_id: int, reassign: bool) -> Person:
        return choose_replies(person_id, reassign=reassign, actor=self.actor, at=self.at)


def _said(person: Person) -> str:
    return {
        "available": gettext("%(name)s is available."),
        "away": gettext("%(name)s is away: nothing new comes to them."),
        "offline": gettext("%(name)s is off shift: nothing new comes to them."),
    }[person.availability] % {"name": person.name}
