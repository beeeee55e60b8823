"""
One question of the filter language as a phrase that a person reads: «País es uno de MX, CO».

It reads nothing: names of people, campaigns, accounts and groups are handed in.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext, ngettext, pgettext

from reparto.engine import CUSTOM, ID_FIELDS

from .field_labels import FIELD_LABELS, OPERATOR_LABELS
from .name_country import name_country
from .own_dates import say_own_date

#: (field, id) → name, for the fields whose values are ids; (custom.KEY, 0) → what the company calls its own field.
Names = Mapping[tuple[str, int], str]
NOTHING_BESIDE = ("empty", "not_empty")


def describe_condition(condition: Mapping[str, Any], *, names: Names | None = None) -> str:
    """Return a leaf {field, op, value} as a phrase."""
    operator = str(OPERATOR_LABELS.get(condition["op"], condition["op"]))
    words = [describe_field(condition["field"], names=names), operator]
    if condition["op"] not in NOTHING_BESIDE:
        words.append(describe_value(condition["field"], condition.get("value"), names=names or {}))
    return " ".join(words)


def describe_field(field: str, *, names: Names | None = None) -> str:
    """Return what a field is called; one of the company's own by its key where its label is not handed in."""
    own = (names or {}).get((field, 0))
    return own or str(FIELD_LABELS.get(field) or field.removeprefix(CUSTOM))


def describe_value(field: str, value: Any, *, names: Names) -> str:
    """Return a value as words: a name for an id, a span of time, a list."""
    if isinstance(value, Mapping):
        return _span(value)
    if isinstance(value, list | tuple):
        return ", ".join(describe_value(field, one, names=names) for one in value)
    if field in ID_FIELDS and isinstance(value, int):
        return names.get((field, value)) or f"#{value}"
    if field in ("kind", "country"):
        return _kinds().get(str(value)) or name_country(str(value))
    if field in ("created", "last_follow_up") and isinstance(value, str):
        return _instant(value)
    return say_own_date(value) if field.startswith(CUSTOM) and isinstance(value, str) else str(value)


def ids_named(conditions: Iterable[Mapping[str, Any]]) -> set[tuple[str, int]]:
    """Return the (field, id) pairs that these questions name; a field of the company's own as (field, 0)."""
    asked = list(conditions)
    own = {(one["field"], 0) for one in asked if one["field"].startswith(CUSTOM)}
    return own | {
        (condition["field"], one)
        for condition in asked
        if condition["field"] in ID_FIELDS
        for one in _many(condition.get("value"))
        if isinstance(one, int)
    }


def _many(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _kinds() -> dict[str, str]:
    return {"prospect": pgettext("kind of contact", "Prospect"), "client": pgettext("kind of contact", "Client")}


def _span(value: Mapping[str, Any]) -> str:
    amount = value.get("amount", 0)
    said = {
        "hours": ngettext("%(count)s hour", "%(count)s hours", amount),
        "days": ngettext("%(count)s day", "%(count)s days", amount),
        "weeks": ngettext("%(count)s week", "%(count)s weeks", amount),
        "months": ngettext("%(count)s month", "%(count)s months", amount),
    }
    return said.get(str(value.get("unit")), gettext("%(count)s")) % {"count": amount}


def _instant(value: str) -> str:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    if moment.tzinfo is None:
        return formats.date_format(moment, "SHORT_DATE_FORMAT")
    return formats.date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
