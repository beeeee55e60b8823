"""
When people work: their hours, leave and holidays, as the engine counts working time.

Two queries however many people there are; nothing is judged here.
"""

from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfo

from reparto.engine import Calendar, Hours
from reparto.kit.organizations import this_organization

from .holidays_of import holidays_of
from .models import Absence, Person, WorkingHours

#: The key of the company's own calendar, for what nobody owns.
COMPANY: Final = 0
UTC_ZONE: Final = ZoneInfo("UTC")


def read_calendars() -> dict[int, Calendar]:
    """Return the calendar of everybody by id, and under `COMPANY` the company's: always at work, but for holidays."""
    organization = this_organization()
    hours = _by_person(
        (row.person_id, Hours(row.weekday, row.since, row.until)) for row in WorkingHours.objects.order_by("id")
    )
    absences = _by_person((row.person_id, (row.since, row.until)) for row in Absence.objects.order_by("id"))
    zones = dict(Person.objects.values_list("id", "time_zone"))
    calendars = {
        person: Calendar(
            _zone(zone),
            tuple(hours.get(person, ())),
            tuple(absences.get(person, ())),
            holidays_of(zone, organization.country),
        )
        for person, zone in zones.items()
    }
    zone = organization.time_zone
    return calendars | {COMPANY: Calendar(_zone(zone), holidays=holidays_of(zone, organization.country))}


def _by_person[One](rows: Iterable[tuple[int, One]]) -> dict[int, list[One]]:
    found: dict[int, list[One]] = {}
    for person, one in rows:
        found.setdefault(person, []).append(one)
    return found


def _zone(name: str) -> ZoneInfo:
    # A zone that this machine does not know must not stop the sweep; UTC is at least the same everywhere.
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return UTC_ZONE
