"""Write down somebody's leave, and take it off again."""

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.people.add_absence import AbsenceDraft, add_absence
from reparto.people.find_led import find_led
from reparto.people.remove_absence import remove_absence
from reparto.people.schedule_of import hours_of, show_hours
from reparto.people.set_hours import HoursDraft

from ..page import Page
from .change_desk import change_desk
from .schedule_page import ACTION, show_schedule


class AddAbsence(Page):
    """`POST /agentes/<id>/ausencias`: `since` and `until` where the person is, `reason`."""

    action: ClassVar[str] = ACTION
    section: ClassVar[str] = "agents"

    def post(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """Add it; a fault shows the page with what was typed."""
        person = find_led(person_id, actor=self.actor, action=ACTION)
        typed = {name: request.POST.get(name, "").strip() for name in ("since", "until", "reason")}
        zone = ZoneInfo(person.time_zone)
        draft = AbsenceDraft(_instant(typed["since"], zone), _instant(typed["until"], zone), typed["reason"])
        try:
            change_desk(
                lambda: add_absence(person_id, draft, actor=self.actor, at=self.at), actor=self.actor, at=self.at
            )
        except Invalid as invalid:
            stored = [HoursDraft(**show_hours(one)) for one in hours_of(person_id)]
            return show_schedule(self, person, stored, invalid=invalid, leave=typed)
        said = gettext("The leave of %(name)s is written down.") % {"name": person.name}
        return self.done(said, to=reverse("person_schedule", args=[person_id]))


class RemoveAbsence(Page):
    """`POST /agentes/<id>/ausencias/<absence>/quitar`."""

    action: ClassVar[str] = ACTION
    section: ClassVar[str] = "agents"

    def post(self, _request: HttpRequest, person_id: int, absence_id: int) -> HttpResponse:
        """Take it off."""
        change_desk(
            lambda: remove_absence(person_id, absence_id, actor=self.actor, at=self.at), actor=self.actor, at=self.at
        )
        return self.done(gettext("The leave is taken off."), to=reverse("person_schedule", args=[person_id]))


def _instant(written: str, zone: ZoneInfo) -> datetime | None:
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=zone)
