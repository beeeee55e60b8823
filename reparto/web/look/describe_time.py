"""
Says how long ago something was: relative under 24 hours, a date after.

It must not read the clock: the caller says what time it is. `time.js` repeats the relative part in the browser.
"""

from datetime import datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def ago_pattern() -> str:
    """Return how a sentence says that something was a while ago."""
    return gettext("%(time)s ago")


def describe_time(moment: datetime, *, now: datetime) -> str:
    """Return `now`, `14 min`, `3 h`, `yesterday, 18:40`, `Fri 20` or a short date."""
    elapsed = now - moment
    if elapsed < MINUTE:
        return gettext("now")
    if elapsed < HOUR:
        return gettext("%(count)s min") % {"count": elapsed // MINUTE}
    if elapsed < DAY:
        return gettext("%(count)s h") % {"count": elapsed // HOUR}
    return _date(timezone.localtime(moment), timezone.localtime(now))


def say_time(moment: datetime, *, now: datetime) -> str:
    """Return the same within a sentence: `14 min ago`; dates as they are."""
    said = describe_time(moment, now=now)
    return ago_pattern() % {"time": said} if MINUTE <= now - moment < DAY else said


def _date(moment: datetime, now: datetime) -> str:
    days = (now.date() - moment.date()).days
    if days <= 1:
        return gettext("yesterday, %(hour)s") % {"hour": formats.date_format(moment, "H:i")}
    if days < 7:
        return formats.date_format(moment, "D j").lower()
    return formats.date_format(moment, "SHORT_DATE_FORMAT")
