"""
Who will surely be away on a day: on leave, or declared away until it is over.

Working hours are not asked: whoever does not work that day is not on leave.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .models import Absence, Person

#: If somebody is away then, the working day is lost.
NOON = time(12)


def people_on_leave(person_ids: Collection[int], *, at: datetime, days: int = 1) -> set[int]:
    """Return those of the people who are away at noon, in their own zone, so many days from now (two queries)."""
    noons = {
        person.pk: _noon(at, person.time_zone, days)
        for person in Person.objects.filter(pk__in=list(person_ids)).only("id", "time_zone")
    }
    if not noons:
        return set()
    reach = max(noons.values())
    rows = Absence.objects.filter(person_id__in=list(noons), since__lte=reach, until__gt=at)
    away = {
        person
        for person, since, until in rows.values_list("person_id", "since", "until")
        if since <= noons[person] < until
    }
    declared = Person.objects.filter(
        pk__in=list(noons), availability__in=("away", "offline"), availability_until__gt=at
    )
    until = dict(declared.values_list("id", "availability_until"))
    return away | {person for person, end in until.items() if end is not None and noons[person] < end}


def _noon(at: datetime, zone: str, days: int) -> datetime:
    local = at.astimezone(ZoneInfo(zone))
    day: date = local.date() + timedelta(days=days)
    return datetime.combine(day, NOON, tzinfo=local.tzinfo)
