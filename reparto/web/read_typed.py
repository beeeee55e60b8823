"""
What was typed as a value of a condition, as the filter language writes it: in the editor of rules and above lists.

It refuses nothing: what cannot be used stays a text, so that the language's own reader can say so at its place.
"""

import math
import re
from collections.abc import Callable
from typing import Any

from reparto.contacts.code_country import code_country
from reparto.engine import ID_FIELDS, Kind

#: A number or a part of one, and what is written between its digits.
GROUPED = re.compile(r"[\s().\-/]*\+?[\d\s().\-/]*\d[\d\s().\-/]*")
BETWEEN = re.compile(r"[\s().\-/]")


def read_typed(text: str, *, field: str, kind: Kind, moment: Callable[[str], str]) -> Any:
    """Return a value: an id or a number where one is due, an instant by `moment`, a bare phone, a country's code."""
    if kind == "date":
        return moment(text)
    if field == "phone" and GROUPED.fullmatch(text):
        # As screens show a number, and as people copy it; contacts are compared by its digits.
        return BETWEEN.sub("", text)
    if field == "country":
        return code_country(text)
    return read_number(text) if kind == "number" or field in ID_FIELDS else text


def read_number(text: str) -> Any:
    """Return a number, written with a comma or a point; a text that is none stays one."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return text
    if not math.isfinite(value):
        return text
    return int(value) if value.is_integer() and abs(value) < 2**63 else value
