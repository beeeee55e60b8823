"""
The one place that reads the clock.

Verbs are handed `at`; only entries (views, endpoints, jobs, commands) call `now`.
"""

from datetime import UTC, datetime
from typing import Final

#: Whatever is written of other years is no instant: it could not be moved between time zones.
YEARS: Final = range(1900, 9001)


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)
