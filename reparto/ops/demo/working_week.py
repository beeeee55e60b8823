"""When the demo company works and when the world writes to it. Pure; local time is Santiago's."""

from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Santiago")
DAYS = 7
#: Opening and closing hour, and how many write, from Monday to Sunday.
WEEK = ((9, 19, 19), (9, 19, 17), (9, 19, 18), (9, 19, 16), (9, 19, 20), (10, 14, 8), (0, 0, 4))
#: Whenever the demo is started, somebody has been at work for this long, and so many have written.
LATELY = timedelta(minutes=150)
ARRIVALS_LATELY = 26


def arrivals(until: datetime, dice: Random) -> list[datetime]:
    """Return when somebody new wrote in the week before `until`, in order."""
    lately = until - LATELY
    found = [lately + LATELY * dice.random() for _ in range(ARRIVALS_LATELY)]
    for day in _days(until):
        opens, closes, many = WEEK[day.weekday()]
        for _ in range(many):
            hour = dice.triangular(min(opens, 8), (closes or 22) + 2.5, (opens + closes) / 2 or 16)
            at = _at(day, 0) + timedelta(hours=hour)
            found += [at] if at < lately else []
    return sorted(found)


def openings(until: datetime) -> list[tuple[datetime, datetime]]:
    """Return from when until when people were at work in the week before `until`."""
    lately = until - LATELY
    days = [(_at(day, WEEK[day.weekday()][0]), _at(day, WEEK[day.weekday()][1])) for day in _days(until)]
    return [(since, min(end, lately)) for since, end in days if since < min(end, lately)] + [(lately, until)]


def is_open(at: datetime, *, until: datetime) -> bool:
    """Say whether people are at work."""
    return any(since <= at < end for since, end in openings(until))


def next_opening(at: datetime, *, until: datetime) -> datetime:
    """Return when people come to work the next time."""
    return min((since for since, _ in openings(until) if since >= at), default=until)


def _days(until: datetime) -> list[datetime]:
    today = until.astimezone(ZONE)
    return [today - timedelta(days=back) for back in range(DAYS, -1, -1)]


def _at(day: datetime, hour: int) -> datetime:
    return datetime.combine(day.date(), time(hour), tzinfo=ZONE)
