"""When the demo company was at work and when the world wrote to it. Pure; local time is Santiago's."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Santiago")
#: Opening and closing hour, and how many write, from Monday to Sunday.
WEEK = ((9, 19, 19), (9, 19, 17), (9, 19, 18), (9, 19, 16), (9, 19, 20), (10, 14, 9), (0, 0, 5))
#: Whenever the demo is started, somebody has been at work for this long, and so many have written.
LATELY = timedelta(minutes=150)
ARRIVALS_LATELY = 28


@dataclass(frozen=True, slots=True)
class WorkingWeek:
    """The days before an instant; with none, only what was lately."""

    until: datetime
    days: int

    def arrivals(self, dice: Random) -> list[datetime]:
        """Return when somebody new wrote, in order."""
        lately = self.until - LATELY
        found = [lately + LATELY * dice.random() for _ in range(ARRIVALS_LATELY)]
        for day in self._days():
            opens, closes, many = WEEK[day.weekday()]
            for _ in range(many):
                hour = dice.triangular(min(opens, 8), (closes or 22) + 2.5, (opens + closes) / 2 or 16)
                at = _at(day, 0) + timedelta(hours=hour)
                found += [at] if at < lately else []
        return sorted(found)

    def openings(self) -> list[tuple[datetime, datetime]]:
        """Return from when until when people were at work."""
        lately = self.until - LATELY
        hours = [(_at(day, WEEK[day.weekday()][0]), _at(day, WEEK[day.weekday()][1])) for day in self._days()]
        return [(since, min(end, lately)) for since, end in hours if since < min(end, lately)] + [(lately, self.until)]

    def is_open(self, at: datetime) -> bool:
        """Say whether people were at work."""
        return any(since <= at < end for since, end in self.openings())

    def next_opening(self, at: datetime) -> datetime:
        """Return when people came to work the next time."""
        return min((since for since, _ in self.openings() if since >= at), default=self.until)

    def _days(self) -> list[datetime]:
        today = self.until.astimezone(ZONE)
        return [today - timedelta(days=back) for back in range(self.days, -1, -1)] if self.days else []


def _at(day: datetime, hour: int) -> datetime:
    return datetime.combine(day.date(), time(hour), tzinfo=ZONE)
