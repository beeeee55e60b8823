"""
One condition as the filter dialog sends it, in the filter language.

It judges nothing: what cannot be used is told by the language's own reader.
"""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from reparto.contacts.own_dates import write_day
from reparto.engine import CUSTOM, Kind

from ..filters.fit_condition import SEVERAL
from ..read_list import read_list
from ..read_typed import read_number, read_typed


def read_condition(given: QueryDict, *, field: str, kind: Kind) -> dict[str, Any]:
    """Return {field, op, value} from `op` with each `choice`, or `value` (with commas), `value2`, `amount`, `unit`."""
    op = given.get("op", "")
    condition: dict[str, Any] = {"field": field, "op": "between" if _is_day(field, kind, op) else op}
    if op in ("empty", "not_empty"):
        return condition
    return condition | {"value": _value(given, field=field, kind=kind, op=op)}


def _value(given: QueryDict, *, field: str, kind: Kind, op: str) -> Any:
    if op in ("last", "before_last"):
        return {"amount": read_number(given.get("amount", "")), "unit": given.get("unit", "")}
    if op == "between" or _is_day(field, kind, op):
        low = given.get("value", "").strip()
        high = low if op == "=" else given.get("value2", "").strip()
        return [_one(low, field, kind), _one(high, field, kind, until=True)]
    if op in SEVERAL:
        return [_one(text, field, kind) for text in _texts(given)]
    return _one(given.get("value", "").strip(), field, kind, until=op in ("<=", ">"))


def _is_day(field: str, kind: Kind, op: str) -> bool:
    """Say whether a day is asked for by its instants; one of the company's own fields is kept as such."""
    return (kind, op) == ("date", "=") and not field.startswith(CUSTOM)


def _texts(given: QueryDict) -> list[str]:
    # A box is one value, whatever its name; what is typed beside has several in one.
    return given.getlist("choice") + [part for text in given.getlist("value") for part in read_list(text)]


def _one(text: str, field: str, kind: Kind, *, until: bool = False) -> Any:
    moment = _own_day if field.startswith(CUSTOM) else partial(_day, until=until)
    return read_typed(text, field=field, kind=kind, moment=moment)


def _own_day(text: str) -> str:
    try:
        return write_day(date.fromisoformat(text))
    except ValueError:
        return text


def _day(text: str, *, until: bool) -> str:
    """Return the first or the last instant of a day in the person's zone."""
    try:
        day = datetime.fromisoformat(text).date()
    except ValueError:
        return text
    start = datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
    return (start + timedelta(days=1) - timedelta(microseconds=1) if until else start).isoformat()
