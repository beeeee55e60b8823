"""
One question of the filter language as a phrase that a person reads: «País es uno de MX, CO».

It reads nothing: names of people, campaigns, accounts and groups are handed in.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import get_language_info, gettext, ngettext, pgettext

from reparto.engine import CUSTOM, ID_FIELDS

from .field_labels import FIELD_LABELS, OPERATOR_LABELS
from .name_country import name_country
from .own_dates import say_own_date

#: (field, id) → name, for the fields whose values are ids; (custom.KEY, 0) → what the company calls its own field;
#: (custom.KEY=true, 0) → what a word that it keeps is called.
Names = Mapping[tuple[str, int], str]
NOTHING_BESIDE = ("empty", "not_empty")
#: What is said of a list of one value.
OF_ONE = {"in": "is", "not_in": "is_not", "has_any": "has", "has_all": "has"}


def describe_condition(condition: Mapping[str, Any], *, names: Names | None = None) -> str:
    """Return a leaf {field, op, value} as a phrase."""
    op = _plainly(condition)
    operator = str(OPERATOR_LABELS.get(op, op))
    words = [describe_field(condition["field"], names=names), operator]
    if op not in NOTHING_BESIDE:
        words.append(_beside(condition, op, names or {}))
    return " ".join(words)


def _plainly(condition: Mapping[str, Any]) -> str:
    """Return the operator; of a list of one that of the one, which says the same."""
    op, value = str(condition["op"]), condition.get("value")
    return OF_ONE.get(op, op) if isinstance(value, list | tuple) and len(value) == 1 else op


def _beside(condition: Mapping[str, Any], op: str, names: Names) -> str:
    field, value = condition["field"], condition.get("value")
    if op != "between" or not isinstance(value, list | tuple) or len(value) != 2:
        return describe_value(field, value, names=names)
    low, high = (describe_value(field, one, names=names) for one in value)
    return pgettext("filter", "%(low)s and %(high)s") % {"low": low, "high": high}


def describe_field(field: str, *, names: Names | None = None) -> str:
    """Return what a field is called; one of the company's own by its key where its label is not handed in."""
    own = (names or {}).get((field, 0))
    return own or str(FIELD_LABELS.get(field) or field.removeprefix(CUSTOM))


def describe_value(field: str, value: Any, *, names: Names) -> str:
    """Return a value as words: a name for an id, a span of time, a list."""
    if isinstance(value, Mapping):
        return _span(value)
    if isinstance(value, list | tuple):
        return ", ".join(dict.fromkeys(describe_value(field, one, names=names) for one in value))
    if field in ID_FIELDS and isinstance(value, int):
        return names.get((field, value)) or f"#{value}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return formats.number_format(value)
    called = names.get((f"{field}={str(value).lower()}", 0))
    if called:
        return called
    said = _SAYING.get(field, say_own_date if field.startswith(CUSTOM) else str)
    return said(str(value))


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


def _kind(value: str) -> str:
    known = {"prospect": pgettext("kind of contact", "Prospect"), "client": pgettext("kind of contact", "Client")}
    return known.get(value) or value


def _language(value: str) -> str:
    try:
        return str(get_language_info(value.strip().replace("_", "-").lower())["name_translated"])
    except KeyError:
        return value


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


_SAYING: Mapping[str, Callable[[str], str]] = {
    "kind": _kind,
    "country": name_country,
    "language": _language,
    "created": _instant,
    "last_follow_up": _instant,
}
