"""
The dates of a company's own fields: a day is kept as its midnight in UTC and is that day wherever it is read.

What a program wrote with a time of day is an instant, which everybody reads in their own zone.
"""

from datetime import UTC, date, datetime, time

from django.utils import formats, timezone


def write_day(day: date) -> str:
    """Return how a day is kept, and how a filter asks for it."""
    return datetime.combine(day, time(), tzinfo=UTC).isoformat()


def read_day(written: str) -> date | None:
    """Return the day that is kept; None when it is an instant, or no date."""
    try:
        instant = datetime.fromisoformat(written)
        utc = instant.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return utc.date() if instant.tzinfo and utc.time() == time() else None


def say_own_date(written: str) -> str:
    """Return a day, or an instant in the reader's zone; what is no date as it is."""
    day = read_day(written)
    if day is not None:
        return formats.date_format(day, "SHORT_DATE_FORMAT")
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        return written
    if instant.tzinfo is None:
        return written
    return formats.date_format(timezone.localtime(instant), "SHORT_DATETIME_FORMAT")
