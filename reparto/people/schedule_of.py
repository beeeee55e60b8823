"""
Read when a person works: the hours of their week, and their leave.

Who may see it is asked before.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from .models import Absence, WorkingHours

#: Monday is 0.
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class UnknownAbsence(LookupError):
    """The person has no such absence."""


def hours_of(person_id: int) -> QuerySet[WorkingHours]:
    """Return the stretches of a person's week, in order; none at all means always."""
    return WorkingHours.objects.filter(person_id=person_id).order_by("weekday", "since", "id")


def absences_of(person_id: int, *, after: datetime | None = None) -> QuerySet[Absence]:
    """Return a person's leave, the earliest first; with `after`, only what ends later."""
    rows = Absence.objects.filter(person_id=person_id).order_by("since", "id")
    return rows if after is None else rows.filter(until__gt=after)


def show_hours(one: WorkingHours) -> Mapping[str, Any]:
    """Return a stretch in words that programs and the audit share."""
    return {"weekday": WEEKDAYS[one.weekday], "since": f"{one.since:%H:%M}", "until": f"{one.until:%H:%M}"}
