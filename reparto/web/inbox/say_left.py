"""
Say how much time is left, in hours and minutes. `inbox.js` repeats it in the browser.

It reads no clock.
"""

from datetime import timedelta

from django.utils.translation import gettext

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def say_left(left: timedelta) -> str:
    """Return `23 h 58 min`, `9 min` or `less than 1 min`."""
    if left < MINUTE:
        return gettext("less than 1 min")
    minutes = gettext("%(count)s min") % {"count": left % HOUR // MINUTE}
    if left < HOUR:
        return minutes
    return gettext("%(count)s h") % {"count": left // HOUR} + " " + minutes
