"""The time zones one may choose, those of our countries first. It knows no person."""

from functools import cache
from zoneinfo import available_timezones

#: The zones of most of our companies, in the order in which a list offers them.
NEAR = (
    "America/Mexico_City",
    "America/Tijuana",
    "America/Cancun",
    "America/Bogota",
    "America/Lima",
    "America/Santiago",
    "America/Argentina/Buenos_Aires",
    "America/Montevideo",
    "America/Sao_Paulo",
    "America/Manaus",
    "America/New_York",
    "America/Los_Angeles",
    "Europe/Madrid",
    "Europe/Lisbon",
)
_PARTS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


@cache
def zones() -> tuple[tuple[str, str], ...]:
    """Return (name, how it reads) of every zone of a place."""
    others = sorted(name for name in available_timezones() if name.startswith(_PARTS) and name not in NEAR)
    return tuple((name, name.replace("_", " ")) for name in (*NEAR, *others, "UTC"))
