"""When somebody works: the hours of their week and their leave, in their own time zone."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext, pgettext

from reparto.assignment.lock_desk import lock_desk
from reparto.kit.faults import Invalid
from reparto.people.find_led import find_led
from reparto.people.models import Person
from reparto.people.schedule_of import WEEKDAYS, absences_of, hours_of, show_hours
from reparto.people.set_hours import HoursDraft, set_hours

from ..ask import Ask, faults_by_path
from ..merge_form import Merged, merge_form, write_was
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
        """Save the days that were changed; blank lines are left out."""
        person = find_led(person_id, actor=self.actor, action=ACTION)
        lock_desk(self.actor.organization_id)
        merged = merge_form(_read(request.POST), _week_of(person), request.POST.dict())
        drafts = [HoursDraft(day, *pair) for day in WEEKDAYS for pair in merged.values.get(day) or ()]
        if merged.clashing:
            return show_schedule(self, person, drafts, merged=merged)
        try:
            change_desk(
                lambda: set_hours(person_id, drafts, actor=self.actor, at=self.at), actor=self.actor, at=self.at
            )
        except Invalid as invalid:
            return show_schedule(self, person, drafts, invalid=invalid, merged=merged)
        said = gettext("The hours of %(name)s are saved.") % {"name": person.name}
        return self.done(said, to=reverse("person_schedule", args=[person_id]))


def show_schedule(
    page: Page,
    person: Person,
    drafts: Sequence[HoursDraft],
    *,
    invalid: Invalid | None = None,
    merged: Merged | None = None,
    leave: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Answer the page; `leave` is what was typed of an absence that could not be added."""
    faults = faults_by_path(invalid)
    merged = merged or merge_form({}, _week_of(person), {})
    context = {
        "person": person,
        "days": [_day(weekday, drafts, faults) for weekday in range(len(WEEKDAYS))],
        "always": not drafts,
        "was": write_was(merged.theirs),
        "clashes": merged.say({day: _name(place) for place, day in enumerate(WEEKDAYS)}, _say),
        "zone": ZoneInfo(person.time_zone),
        "absences": list(absences_of(person.pk, after=page.at)),
        "leave": _ask_leave(leave or {}, faults),
        "admin": page.actor.is_admin,
        "tab": "people",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if invalid else HTTPStatus.OK
    return page.show(
        "people/schedule.html", context, status=HTTPStatus.PRECONDITION_FAILED if merged.clashing else status
    )


def _day(weekday: int, drafts: Sequence[HoursDraft], faults: Mapping[str, str]) -> dict[str, Any]:
    rows = [
        {"since": draft.since, "until": draft.until, "error": _error(place, faults)}
        for place, draft in enumerate(drafts)
        if draft.weekday == WEEKDAYS[weekday]
    ]
    blank = max(OFFERED - len(rows), 0)
    rows += [{"since": "", "until": "", "error": ""}] * blank
    return {"key": WEEKDAYS[weekday], "label": _name(weekday), "rows": rows}


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


def _name(weekday: int) -> str:
    return formats.date_format(MONDAY + timedelta(days=weekday), "l").capitalize()


def _week_of(person: Person) -> dict[str, Any]:
    """Return the stretches of each day as they are."""
    week: dict[str, Any] = {day: [] for day in WEEKDAYS}
    for one in hours_of(person.pk):
        shown = show_hours(one)
        week[shown["weekday"]].append([shown["since"], shown["until"]])
    return week


def _read(sent: QueryDict) -> dict[str, Any]:
    week = dict[str, Any]()
    for day in WEEKDAYS:
        pairs = zip(sent.getlist(f"since-{day}"), sent.getlist(f"until-{day}"), strict=False)
        week[day] = [[since.strip(), until.strip()] for since, until in pairs if since or until]
    return week


def _say(_: str, stretches: Any) -> str:
    return ", ".join(f"{since}–{until}" for since, until in stretches or ())
