"""
The one place that reads the clock.

Verbs are handed `at`; only entries (views, endpoints, jobs, commands) call `now`.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

#: Whatever is written of other years is no instant: it could not be moved between time zones.
YEARS: Final = range(1900, 9001)
#: No next try, lease or look is as far ahead as this. One that is was written by a clock that was wrong, and is due:
#: otherwise what it is about would rest until that year comes (INV-68).
TOO_FAR: Final = timedelta(days=2)


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)
