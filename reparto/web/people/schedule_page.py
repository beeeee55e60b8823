"""When somebody works: the hours of their week and their leave, in their own time zone."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext, pgettext

from reparto.kit.faults import Invalid
from reparto.people.find_led import find_led
from reparto.people.models import Person
from reparto.people.schedule_of import WEEKDAYS, absences_of, hours_of, show_hours
from reparto.people.set_hours import HoursDraft, set_hours

from ..ask import Ask, faults_by_path
from ..page import Page
from .change_desk import change_desk

ACTION = "schedule.edit"
#: Stretches that a day offers at least: a pause in between.
OFFERED = 2
MONDAY = date(2024, 1, 1)


class SchedulePage(Page):
    """`/agentes/<id>/horario`: for administrators, and for managers of the person's group."""

    action: ClassVar[str] = ACTION
    section: ClassVar[str] = "agents"

    def get(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """Show the week and what leave is to come."""
        person = find_led(person_id, actor=self.actor, action=ACTION)
        stored = [HoursDraft(**show_hours(one)) for one in hours_of(person.pk)]
        return show_schedule(self, person, stored)

    def post(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """Save the week as the form has it; blank lines are left out."""
        person = find_led(person_id, actor=self.actor, action=ACTION)
        drafts = _read(request.POST)
        try:
            change_desk(
                lambda: set_hours(person_id, drafts, actor=self.actor, at=self.at), actor=self.actor, at=self.at
            )
        except Invalid as invalid:
            return show_schedule(self, person, drafts, invalid=invalid)
        said = gettext("The hours of %(name)s are saved.") % {"name": person.name}
        return self.done(said, to=reverse("person_schedule", args=[person_id]))


def show_schedule(
    page: Page,
    person: Person,
    drafts: Sequence[HoursDraft],
    *,
    invalid: Invalid | None = None,
    leave: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Answer the page; `leave` is what was typed of an absence that could not be added."""
    faults = faults_by_path(invalid)
    context = {
        "person": person,
        "days": [_day(weekday, drafts, faults) for weekday in range(len(WEEKDAYS))],
        "always": not drafts,
        "zone": ZoneInfo(person.time_zone),
        "absences": list(absences_of(person.pk, after=page.at)),
        "leave": _ask_leave(leave or {}, faults),
        "admin": page.actor.is_admin,
        "tab": "people",
    }
    return page.show("people/schedule.html", context, status=422 if invalid else 200)


def _day(weekday: int, drafts: Sequence[HoursDraft], faults: Mapping[str, str]) -> dict[str, Any]:
    rows = [
        {"since": draft.since, "until": draft.until, "error": _error(place, faults)}
        for place, draft in enumerate(drafts)
        if draft.weekday == WEEKDAYS[weekday]
    ]
    blank = max(OFFERED - len(rows), 0)
    label = formats.date_format(MONDAY + timedelta(days=weekday), "l").capitalize()
    rows += [{"since": "", "until": "", "error": ""}] * blank
    return {"key": WEEKDAYS[weekday], "label": label, "rows": rows}


def _ask_leave(typed: Mapping[str, str], faults: Mapping[str, str]) -> list[Ask]:
    labels = {"since": pgettext("moment", "From"), "until": pgettext("moment", "Until"), "reason": gettext("Reason")}
    return [
        Ask(
            name,
            label,
            typed.get(name, ""),
            type="text" if name == "reason" else "datetime-local",
            error=faults.get(name, ""),
            required=name != "reason",
        )
        for name, label in labels.items()
    ]


def _error(place: int, faults: Mapping[str, str]) -> str:
    found = (faults.get(f"hours[{place}]{part}", "") for part in ("", ".since", ".until", ".weekday"))
    return next((one for one in found if one), "")


def _read(sent: QueryDict) -> list[HoursDraft]:
    drafts = []
    for weekday in WEEKDAYS:
        pairs = zip(sent.getlist(f"since-{weekday}"), sent.getlist(f"until-{weekday}"), strict=False)
        drafts += [HoursDraft(weekday, since.strip(), until.strip()) for since, until in pairs if since or until]
    return drafts
