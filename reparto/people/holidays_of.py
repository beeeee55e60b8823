"""
The public holidays where somebody works: those of the country of their time zone, else of their company's country.

Whole countries only; no table is read here.
"""

from collections.abc import Container
from datetime import date
from functools import cache
from importlib import resources

import holidays

NONE: frozenset[date] = frozenset()


@cache
def holidays_of(time_zone: str, country: str) -> Container[date]:
    """Return the holidays, year by year as they are asked for; none where the country is not known."""
    code = _countries().get(time_zone, country)
    try:
        return holidays.country_holidays(code)
    except NotImplementedError:
        return NONE


@cache
def _countries() -> dict[str, str]:
    """Time zone → country, as the time-zone database has it; a former name of a zone has none."""
    lines = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {zone: country for country, _place, zone, *_ in rows}
