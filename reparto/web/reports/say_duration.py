"""Say how long something took, in the one unit that fits."""

from django.utils.formats import number_format
from django.utils.translation import gettext

MINUTE, HOUR, DAY = 60, 3600, 86400


def say_duration(seconds: float | None) -> str:
    """Return `42 s`, `6 min`, `3 h` or `2 d`; a dash for what never happened."""
    if seconds is None:
        return "–"
    said, size = next((said, size) for said, size, limit in _units() if abs(seconds) < limit)
    return said % {"count": number_format(round(seconds / size), use_l10n=True)}


def _units() -> tuple[tuple[str, int, float], ...]:
    """Return each unit: how it is said, how many seconds it has, and from how many on the next one fits better."""
    return (
        (gettext("%(count)s s"), 1, 1.5 * MINUTE),
        (gettext("%(count)s min"), MINUTE, 1.5 * HOUR),
        (gettext("%(count)s h"), HOUR, 2 * DAY),
        (gettext("%(count)s d"), DAY, float("inf")),
    )
