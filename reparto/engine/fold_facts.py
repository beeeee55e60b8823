"""Turn what is stored of a contact into the facts that a filter judges. Pure; knows no table."""

from collections.abc import Collection, Mapping
from datetime import datetime

from reparto.engine.fields import FIELDS, ID_FIELDS
from reparto.engine.fold import fold
from reparto.engine.fold_country import fold_country
from reparto.engine.shapes import Facts


def fold_facts(raw: Mapping[str, object]) -> Facts:
    """
    The facts of a contact, from its fields by the names of the filter language.

    Texts and the words of choices and sets are folded; what is blank or has no value is left out. A text
    may be given as a list of values. Custom fields (`custom.KEY`) are told apart by what they hold: a list is a set.
    """
    facts = ((name, _read(name, value)) for name, value in raw.items())
    return {name: value for name, value in facts if value is not None}


def _read(name: str, value: object) -> object:
    if isinstance(value, str):
        return fold_country(fold(value)) or None if name == "country" else _word(value)
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, int | float | datetime):
        return value
    if not isinstance(value, Collection):
        raise TypeError(f"{name}: a contact's field cannot hold a {type(value).__name__}.")
    if name in ID_FIELDS:
        return frozenset(value)
    words = tuple(word for word in dict.fromkeys(_word(str(one)) for one in value) if word)
    if FIELDS.get(name) == "text":
        return words or None
    return frozenset(words)


def _word(text: str) -> str | None:
    return fold(text) or None
