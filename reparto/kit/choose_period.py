"""
The periods over which figures and lists look (HU-5), as instants: days are those of the viewer's time zone.

It reads no clock and no table.
"""

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


def choose_period(name: str, *, zone: str, at: datetime, first: date | None = None, last: date | None = None) -> Period:
    """
    Return a period as of an instant; `custom` takes its first and last day, both included.

    Raises:
        Invalid: There is no such period, or its days are missing, the wrong way round or too many.

    """
    today = at.astimezone(ZoneInfo(zone)).date()
    faults = Faults()
    chosen = read_choice(name, path="period", choices=PERIODS, faults=faults)
    days = _custom(first, last, faults) if chosen == "custom" else _days(chosen, today)
    faults.check()
    return Period(chosen, *days, zone)


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


def _custom(first: date | None, last: date | None, faults: Faults) -> tuple[date, date]:
    for path, day in (("since", first), ("until", last)):
        if day is None or day.year not in YEARS:
            faults.add(path, "required", gettext("Write a day."))
    since, until = first or date.min, last or date.min
    if first and last and until < since:
        faults.add("until", "before_since", gettext("It must not end before it begins."))
    if first and last and (until - since).days >= MOST_DAYS:
        faults.add("until", "too_long", gettext("Choose at most %(days)d days.") % {"days": MOST_DAYS})
    return since, until


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(zone))
