"""Until when somebody is away, as a form says it: in minutes, or a time of day in their own zone. It reads no clock."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import QueryDict

#: For how long somebody may say that they are away, in minutes.
LONGEST_MINUTES = 24 * 60


def read_until(sent: QueryDict, *, at: datetime, time_zone: str) -> datetime | None:
    """Return the instant that `minutes` or `until` (HH:MM, today or else tomorrow) names; None when neither does."""
    minutes = sent.get("minutes", "")
    if minutes.isdecimal() and len(minutes) < 9 and 0 < int(minutes) <= LONGEST_MINUTES:
        return at + timedelta(minutes=int(minutes))
    try:
        wanted = time.fromisoformat(sent.get("until", ""))
    except ValueError:
        return None
    here = at.astimezone(ZoneInfo(time_zone))
    until = datetime.combine(here.date(), wanted.replace(tzinfo=None), tzinfo=here.tzinfo)
    return until if until > at else datetime.combine(here.date() + timedelta(days=1), until.time(), tzinfo=here.tzinfo)
