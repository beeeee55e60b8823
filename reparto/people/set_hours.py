"""
Say on which hours of the week a person works, in their own time zone; none at all means always.

It decides nothing: who can receive is the engine's question. The caller holds the desk.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from django.utils.translation import gettext

from reparto.kit.audit import record_edit
from reparto.kit.faults import Faults
from reparto.kit.live import publish

from .actor import Actor
from .find_led import find_led
from .models import WorkingHours
from .schedule_of import WEEKDAYS, hours_of, show_hours

#: More stretches a week than anybody works.
MOST: Final = 50
DAY, WEEK = 24 * 60, 7 * 24 * 60


@dataclass(frozen=True, slots=True)
class HoursDraft:
    """One stretch, as it was written; `until` before `since` runs over midnight, at the same time lasts a day."""

    weekday: str  #: monday, tuesday, …
    since: str  #: "09:00"
    until: str


def set_hours(person_id: int, drafts: Sequence[HoursDraft], *, actor: Actor, at: datetime) -> list[WorkingHours]:
    """
    Replace the working hours of a person.

    Raises:
        UnknownPerson: There is no such person here.
        NotAllowed: They are outside what the actor leads.
        Invalid: A day or a time is none, or stretches overlap; has all faults.

    """
    person = find_led(person_id, actor=actor, action="schedule.edit")
    stretches = _read(drafts)
    former = list(hours_of(person_id))
    WorkingHours.objects.filter(person_id=person_id).delete()
    fresh = [
        WorkingHours(organization_id=person.organization_id, person=person, weekday=day, since=since, until=until)
        for day, since, until in stretches
    ]
    WorkingHours.objects.bulk_create(fresh)
    states = {"hours": [show_hours(one) for one in former]}, {"hours": [show_hours(one) for one in fresh]}
    if states[0] != states[1]:
        record_edit(actor.person_id, "person.hours", object_kind="person", object_id=person_id, states=states, at=at)
    publish(person.organization_id, "people", [person_id])
    return list(hours_of(person_id))


def _read(drafts: Sequence[HoursDraft]) -> list[tuple[int, time, time]]:
    faults = Faults()
    if len(drafts) > MOST:
        faults.add("hours", "too_many", gettext("Write at most %(limit)d stretches.") % {"limit": MOST})
    read = [_stretch(draft, f"hours[{place}]", faults) for place, draft in enumerate(drafts[:MOST])]
    stretches = [(place, one) for place, one in enumerate(read) if one is not None]
    for place in _overlapping(stretches):
        faults.add(f"hours[{place}]", "overlaps", gettext("This stretch overlaps another one."))
    faults.check()
    return sorted(one for _, one in stretches)


def _stretch(draft: HoursDraft, path: str, faults: Faults) -> tuple[int, time, time] | None:
    since, until = (_time(getattr(draft, name), f"{path}.{name}", faults) for name in ("since", "until"))
    if draft.weekday not in WEEKDAYS:
        sentence = gettext("Choose one of: %(choices)s.")
        faults.add(f"{path}.weekday", "unknown_choice", sentence % {"choices": ", ".join(WEEKDAYS)})
        return None
    return None if since is None or until is None else (WEEKDAYS.index(draft.weekday), since, until)


def _time(written: str, path: str, faults: Faults) -> time | None:
    try:
        read = time.fromisoformat(written)
    except ValueError:
        read = None
    if read is None or read.tzinfo is not None or read.second or read.microsecond:
        faults.add(path, "not_a_time", gettext("Write a time such as 09:00."))
        return None
    return read


def _overlapping(stretches: Sequence[tuple[int, tuple[int, time, time]]]) -> list[int]:
    """The places of the stretches that begin before another one, of the same week or the one before, has ended."""
    spans = sorted((_span(*one), place) for place, one in stretches)
    found: list[Any] = []
    last = max((until - WEEK for (_, until), _ in spans), default=0)
    for (since, until), place in spans:
        if since < last:
            found.append(place)
        last = max(last, until)
    return found


def _span(weekday: int, since: time, until: time) -> tuple[int, int]:
    begin = weekday * DAY + since.hour * 60 + since.minute
    minutes = (until.hour * 60 + until.minute - since.hour * 60 - since.minute) % DAY
    return begin, begin + (minutes or DAY)
