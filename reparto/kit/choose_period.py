"""
The periods over which figures and lists look (HU-5), as instants: days are those of the viewer's time zone.

It reads no clock and no table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from .clock import YEARS
from .faults import Faults
from .read_choice import read_choice

PeriodName = Literal["today", "yesterday", "last_7_days", "last_30_days", "this_month", "last_month", "custom"]
PERIODS: Final = ("today", "yesterday", "last_7_days", "last_30_days", "this_month", "last_month", "custom")
PRESET: Final = "last_7_days"
#: A custom period of more days than this reads more than anybody looks at.
MOST_DAYS: Final = 366
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From the beginning of one day to the end of another, in a time zone."""

    name: str
    first: date
    last: date  #: included
    zone: str

    @property
    def since(self) -> datetime:
        """The instant at which it begins."""
        return _midnight(self.first, self.zone)

    @property
    def until(self) -> datetime:
        """The instant at which it is over."""
        return _midnight(self.last + DAY, self.zone)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Period":
        """As many days just before it."""
        return Period("custom", self.first - timedelta(days=self.days), self.first - DAY, self.zone)


def choose_period(
    name: str | None, *, zone: str, at: datetime, first: date | None = None, last: date | None = None
) -> Period:
    """
    Return a period as of an instant; `custom` takes its first and last day, both included, and no other does.

    None: custom where a day is given, else as preset.

    Raises:
        Invalid: There is no such period, or its days are missing, needless, the wrong way round or too many.

    """
    days = {"since": first, "until": last}
    faults = Faults()
    asked = name or ("custom" if first or last else PRESET)
    chosen = read_choice(asked, path="period", choices=PERIODS, faults=faults)
    if chosen == "custom":
        _check(days, faults)
    else:
        for path in (path for path, day in days.items() if day):
            faults.add(path, "needless", gettext("Only a custom period takes days of its own; leave this out."))
    faults.check()
    if first and last:
        return Period(chosen, first, last, zone)
    return Period(chosen, *_days(chosen, at.astimezone(ZoneInfo(zone)).date()), zone)


def _days(name: str, today: date) -> tuple[date, date]:
    month = today.replace(day=1)
    last_month = month - DAY
    return {
        "yesterday": (today - DAY, today - DAY),
        "last_7_days": (today - 6 * DAY, today),
        "last_30_days": (today - 29 * DAY, today),
        "this_month": (month, today),
        "last_month": (last_month.replace(day=1), last_month),
    }.get(name, (today, today))


def _check(days: Mapping[str, date | None], faults: Faults) -> None:
    known = [day for day in days.values() if day and day.year in YEARS]
    for path, day in days.items():
        if day not in known:
            faults.add(path, "required", gettext("Write a day."))
    if len(known) < len(days):
        return
    since, until = known
    if until < since:
        faults.add("until", "before_since", gettext("It must not end before it begins."))
    if (until - since).days >= MOST_DAYS:
        faults.add("until", "too_long", gettext("Choose at most %(days)d days.") % {"days": MOST_DAYS})


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(zone))
