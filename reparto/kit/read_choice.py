"""
Read values that have few right answers: one of a list, a whole number within bounds, a time zone, an e-mail, an id.

It looks nothing up; whether an id exists is the feature's question.
"""

from collections.abc import Collection
from functools import cache
from importlib.resources import files

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext

from .faults import Faults

MAX_ID = 2**63 - 1
MAX_EMAIL = 254


def read_choice(raw: object, *, path: str, choices: Collection[str], faults: Faults) -> str:
    """Return one of the choices; a fault gives ""."""
    if isinstance(raw, str) and raw in choices:
        return raw
    faults.add(path, "unknown_choice", gettext("Choose one of: %(choices)s.") % {"choices": ", ".join(choices)})
    return ""


def read_flag(raw: object, *, path: str, faults: Faults) -> bool:
    """Return true or false; nothing else counts as either."""
    if not isinstance(raw, bool):
        faults.add(path, "not_a_flag", gettext("Write true or false."))
    return raw is True


def read_integer(raw: object, *, path: str, least: int, most: int, faults: Faults) -> int:
    """Return a whole number within bounds; a fault gives the least."""
    if isinstance(raw, int) and not isinstance(raw, bool) and least <= raw <= most:
        return raw
    sentence = gettext("Write a whole number from %(least)d to %(most)d.")
    faults.add(path, "not_in_range", sentence % {"least": least, "most": most})
    return least


def read_email(raw: object, *, path: str, faults: Faults) -> str:
    """Return an e-mail address, trimmed, in lower case."""
    text = raw.strip().lower() if isinstance(raw, str) else ""
    try:
        validate_email(text)
    except ValidationError:
        faults.add(path, "not_an_email", gettext("Write an e-mail address."))
        return ""
    if len(text) > MAX_EMAIL:
        faults.add(path, "too_long", gettext("Write at most %(limit)d characters.") % {"limit": MAX_EMAIL})
    return text


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all time zones (IANA), as the package `tzdata` lists them."""
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


def read_time_zone(raw: object, *, path: str, faults: Faults) -> str:
    """Return the name of a time zone, such as America/Bogota."""
    # Of the list, not of this machine's folder: there are more files there than names that a database knows.
    if isinstance(raw, str) and raw in time_zones():
        return raw
    faults.add(path, "unknown_time_zone", gettext("Write a time zone such as America/Mexico_City."))
    return ""


def read_language(raw: object, *, path: str, faults: Faults) -> str:
    """Return the code of a language that Reparto speaks; case does not matter."""
    code = raw.lower() if isinstance(raw, str) else raw
    return read_choice(code, path=path, choices=[known for known, _ in settings.LANGUAGES], faults=faults)


def is_id(raw: object) -> bool:
    """Say whether a value could be the id of a row at all."""
    return isinstance(raw, int) and not isinstance(raw, bool) and 0 < raw <= MAX_ID
