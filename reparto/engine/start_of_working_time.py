"""
Working time of one person, counted backwards: hours they worked, or days on which they worked. Pure.

A day is one day of theirs on which they work, long or short: half of it is half a day. A stretch that runs over
midnight belongs to the day on which it begins, until the work of the next day begins. Nothing here knows a clock or a
country; whoever calls passes both in.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Literal
from zoneinfo import ZoneInfo

from reparto.engine.nodes import EARLIEST
from reparto.engine.shapes import Hours

#: How far back it looks: whoever did not work for so long is late with nothing.
MOST_DAYS = 4_000
ONE_DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Calendar:
    """When one person works."""

    zone: ZoneInfo
    hours: tuple[Hours, ...] = ()  #: empty: around the clock
    absences: tuple[Stretch, ...] = ()  #: each from, until
    holidays: Container[date] = frozenset()  #: days on which no work begins


def start_of_working_time(calendar: Calendar, amount: int, unit: Literal["hours", "days"], *, at: datetime) -> datetime:
    """
    Return the latest instant from which until `at` the person worked for so long.

    Whatever began at it or earlier is that old. What began while they were off begins to age when they are back, so
    this is the first minute after such a time. EARLIEST when they have not worked for so long at all.
    """
    left = Fraction(amount)
    for day in _days(calendar, at):
        whole = sum((until - since for since, until in day), timedelta())
        for since, until in reversed(day):
            worked = min(until, at) - since
            if worked <= timedelta():
                continue
            share = Fraction(worked // MICROSECOND, (HOUR if unit == "hours" else whole) // MICROSECOND)
            if share >= left:
                return min(until, at) - int(left / share * (worked // MICROSECOND)) * MICROSECOND
            left -= share
    return EARLIEST


def _days(calendar: Calendar, at: datetime) -> Iterator[list[Stretch]]:
    """The stretches of each day until an instant, the last day first; no minute counts twice."""
    today = at.astimezone(calendar.zone).date()
    begins = datetime.max.replace(tzinfo=UTC)
    for back in range(MOST_DAYS):
        day = today - timedelta(days=back)
        stretches = _stretches(calendar, day, begins)
        if stretches:
            begins = stretches[0][0]
            yield stretches


def _stretches(calendar: Calendar, day: date, begins: datetime) -> list[Stretch]:
    """What is worked from the beginning of a day's work until that of the next day."""
    joined: list[Stretch] = []
    for since, until in _planned_since_it_begins(calendar, day):
        last = min(until, begins)
        start = max(since, joined[-1][1]) if joined else since
        if start < last:
            joined.append((start, last))
    for away, back in calendar.absences:
        joined = [part for one in joined for part in _without(one, away, back)]
    return joined


def _planned_since_it_begins(calendar: Calendar, day: date) -> list[Stretch]:
    """The stretches of a day, in order, and what those of the night before still have when the first of them begins."""
    planned = list(_planned(calendar, day))
    begins = min(planned)[0] if planned else datetime.max.replace(tzinfo=UTC)
    night = [(max(since, begins), until) for since, until in _planned(calendar, day - ONE_DAY) if until > begins]
    return sorted(planned + night)


def _planned(calendar: Calendar, day: date) -> Iterator[Stretch]:
    if day in calendar.holidays:
        return
    if not calendar.hours:
        yield _instant(calendar, day, time()), _instant(calendar, day + ONE_DAY, time())
    for one in calendar.hours:
        if one.weekday == day.weekday():
            last = day if one.since < one.until else day + ONE_DAY
            yield _instant(calendar, day, one.since), _instant(calendar, last, one.until)


def _instant(calendar: Calendar, day: date, local: time) -> datetime:
    return datetime.combine(day, local, tzinfo=calendar.zone).astimezone(UTC)


def _without(one: Stretch, away: datetime, back: datetime) -> Iterator[Stretch]:
    since, until = one
    if since < min(until, away):
        yield since, min(until, away)
    if max(since, back) < until:
        yield max(since, back), until
