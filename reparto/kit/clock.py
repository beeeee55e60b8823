"""
The one place that reads the clock.

Verbs are handed `at`; only entries (views, endpoints, jobs, commands) call `now`.
"""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)
