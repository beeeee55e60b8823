"""Until when somebody is away, as a form says it: in minutes, or a time of day in their own zone. It reads no clock."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext

from reparto.kit.faults import Fault, Invalid

#: For how long somebody may say that they are away, in minutes.
LONGEST_MINUTES = 24 * 60


def read_until(sent: QueryDict, *, at: datetime, time_zone: str) -> datetime | None:
    """
    Return the instant that `minutes` or `until` (HH:MM, today or else tomorrow) names; None when there is to be no end.

    `ends` says which button was pressed: `until` wants a time, `never` none.

    Raises:
        Invalid: An end is wanted, and what was sent names none.

    """
    minutes, wanted, ends = (sent.get(name, "") for name in ("minutes", "until", "ends"))
    if minutes:
        return at + timedelta(minutes=_minutes(minutes))
    if ends == "never" or not (wanted or ends):
        return None
    return _next(_time(wanted), at.astimezone(ZoneInfo(time_zone)))


def _minutes(text: str) -> int:
    if text.isdecimal() and len(text) < 9 and 0 < int(text) <= LONGEST_MINUTES:
        return int(text)
    raise _fault(gettext("Choose at most a day."))


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise _fault(gettext("Write the time at which it ends, or choose that it has no end.")) from None


def _next(wanted: time, here: datetime) -> datetime:
    today = datetime.combine(here.date(), wanted, tzinfo=here.tzinfo)
    return today if today > here else datetime.combine(here.date() + timedelta(days=1), wanted, tzinfo=here.tzinfo)


def _fault(said: str) -> Invalid:
    return Invalid((Fault("until", "not_a_time", said),))
