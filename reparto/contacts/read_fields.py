"""
Read the fields of a contact by the language's catalogue and the company's own definitions.

Texts that stand for a number or a flag are taken as such: forms have nothing but texts. It changes nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext

from reparto.engine import CUSTOM, FIELDS
from reparto.kit.faults import Faults
from reparto.kit.read_text import read_line, read_lines

from .code_country import code_country
from .contact_fields import INSTANT, STORED, field_name
from .models import CustomField
from .own_dates import write_day

TEXT_LIMIT = 1000
LONG_LIMIT = 5000
#: Fields that people write whole paragraphs into.
LONG = frozenset({"comment"})
MOST_NUMBER = 2**53
MOST_WORDS = 200
NOTHING: tuple[Any, ...] = (None, "", [])

Reader = Callable[[Any, str, CustomField | None, Faults], Any]


def read_fields(raw: Mapping[str, Any], *, custom: Iterable[CustomField], faults: Faults) -> dict[str, Any]:
    """Return the fields by their names in the filter language; a value of None takes one away."""
    own = {CUSTOM + field.key: field for field in custom}
    for key, given in raw.items():
        field = own.get(field_name(key))
        if field is not None and field.retired_at is not None and given not in NOTHING:
            faults.add(f"fields.{key}", "retired_field", gettext("This field was retired; it takes no new values."))
    return {field_name(key): _read(key, given, own, faults) for key, given in raw.items()}


def take_fields(raw: Mapping[str, str], *, custom: Iterable[CustomField]) -> dict[str, Any]:
    """Return what a web form sent: what fits its field as such, the rest as the text that it is; nothing is lost."""
    own = {CUSTOM + field.key: field for field in custom}
    taken: dict[str, Any] = {}
    for key, given in raw.items():
        faults = Faults()
        value = _read(key, given, own, faults)
        taken[field_name(key)] = given if faults.found else value
    return {name: value for name, value in taken.items() if value not in NOTHING}


def _read(key: str, given: Any, own: Mapping[str, CustomField], faults: Faults) -> Any:
    name, path = field_name(key), f"fields.{key}"
    field = own.get(name)
    if name == "country" and isinstance(given, str):
        given = code_country(given)
    if name not in STORED and field is None:
        faults.add(path, "unknown_field", gettext("There is no such field."))
        return None
    if given in NOTHING:
        return None
    return _READERS[field.type if field else FIELDS[name]](given, path, field, faults)


def _text(given: Any, path: str, field: CustomField | None, faults: Faults) -> str:
    if field is not None or path.removeprefix("fields.") in LONG:
        return read_lines(given, path=path, limit=LONG_LIMIT, faults=faults)
    return read_line(given, path=path, limit=TEXT_LIMIT, faults=faults)


def _number(given: Any, path: str, field: CustomField | None, faults: Faults) -> int | float | None:
    number = _as_number(given)
    # Not every whole number is a floating one, and NaN is within no bounds.
    if number is None or not abs(number) <= MOST_NUMBER:
        faults.add(path, "not_a_number", gettext("Write a number."))
        return None
    return int(number) if number == int(number) else number


def _as_number(given: Any) -> int | float | None:
    if isinstance(given, str):
        try:
            return float(given.strip().replace(",", "."))
        except ValueError:
            return None
    return given if isinstance(given, int | float) and not isinstance(given, bool) else None


def _date(given: Any, path: str, field: CustomField | None, faults: Faults) -> dict[str, str] | None:
    """A day alone begins at midnight UTC."""
    try:
        if len(given) == len("2026-01-31"):
            return {INSTANT: write_day(date.fromisoformat(given))}
        instant = datetime.fromisoformat(given)
        if instant.tzinfo is not None:
            return {INSTANT: instant.astimezone(UTC).isoformat()}
    except (TypeError, ValueError, OverflowError):
        pass
    faults.add(path, "not_a_date", gettext("Write a date such as 2026-01-31."))
    return None


def _flag(given: Any, path: str, field: CustomField | None, faults: Faults) -> bool | None:
    words = {"true": True, "false": False}
    flag = words.get(given.lower()) if isinstance(given, str) else given
    if not isinstance(flag, bool):
        faults.add(path, "not_a_flag", gettext("Write true or false."))
        return None
    return flag


def _one(given: Any, path: str, field: CustomField | None, faults: Faults) -> str:
    word = read_line(given, path=path, limit=TEXT_LIMIT, faults=faults)
    if word and field is not None and field.choices and word not in field.choices:
        sentence = gettext("Choose one of: %(choices)s.")
        faults.add(path, "unknown_choice", sentence % {"choices": ", ".join(field.choices)})
    return word


def _several(given: Any, path: str, field: CustomField | None, faults: Faults) -> list[str]:
    words = [word.strip() for word in given.split(",")] if isinstance(given, str) else given
    if not isinstance(words, list | tuple) or len(words) > MOST_WORDS:
        faults.add(path, "not_a_list", gettext("Write a list."))
        return []
    return [_one(word, f"{path}[{place}]", field, faults) for place, word in enumerate(words)]


_READERS: Mapping[str, Reader] = {
    "text": _text,
    "choice": _one,
    "number": _number,
    "date": _date,
    "yesno": _flag,
    "multi": _several,
}
