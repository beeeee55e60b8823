"""
The control of a condition's value: boxes to tick, a list to choose from, or what is typed.

What was asked before and is offered no more stays chosen, so that nobody loses it unseen.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from reparto.contacts.name_country import name_country
from reparto.engine import CUSTOM, Kind, fold

from ..read_list import read_list, write_list
from .filter_tree import Condition
from .fit_condition import CHOSEN, shape_of
from .offer_values import Offer

TYPES = {"number": "number", "date": "datetime-local"}


def draw_values(condition: Condition, kind: Kind | None, offer: Offer | None) -> dict[str, Any]:
    """Return the shape of the control and what stands in it; the condition was fitted before."""
    shape: str = shape_of(condition.field, condition.op)
    texts = list(condition.values)
    if offer is None or shape not in ("one", "list", "choice", "boxes"):
        return {"shape": shape, "boxes": [_box(condition.field, kind, text) for text in texts]}
    if shape == "one" and offer.open:
        known = [{"value": value, "label": label} for value, label in offer.values]
        return {"shape": "one", "hints": known, "boxes": [_box(condition.field, kind, text) for text in texts]}
    given = [one for text in texts for one in read_list(text)] if shape == "list" else texts
    if condition.field == "country":
        given = [name_country(one) for one in given]
    chosen, others = _choices(offer, given, quoted=shape == "list")
    drawn: dict[str, Any] = {"shape": "boxes" if shape in ("list", "boxes") else "choice", "boxes": []}
    if offer.open:
        drawn["typed"] = write_list(others)
        drawn["open"] = True
    else:
        # Where ids are chosen, a word is of the field that was asked before.
        kept = [one for one in others if condition.field not in CHOSEN or one.isdecimal()]
        chosen += [_gone(one, quoted=shape == "list") for one in kept]
    return drawn | {"chosen": chosen, "picked": ", ".join(_picked(chosen, others if offer.open else ()))}


def _choices(offer: Offer, given: list[str], *, quoted: bool) -> tuple[list[dict[str, Any]], list[str]]:
    """Return what is offered, first what was asked as it was, and what was given besides; the language folds."""
    asked = {fold(one): one for one in given}
    offered = [(str(value), label) for value, label in offer.values]
    chosen: list[dict[str, Any]] = [
        {"value": _written(asked.get(key, value), quoted=quoted), "label": label, "on": key in asked}
        for value, label in offered
        for key in [fold(value)]
    ]
    places = {_written(one, quoted=quoted): place for place, one in enumerate(given)}
    known = {fold(value) for value, _ in offered}
    others = [one for one in given if one and fold(one) not in known]
    return sorted(chosen, key=lambda one: places.get(str(one["value"]), len(given))), others


def _gone(value: str, *, quoted: bool) -> dict[str, Any]:
    label = gettext("%(value)s · not offered") % {"value": value}
    return {"value": _written(value, quoted=quoted), "label": label, "on": True}


def _written(value: str, *, quoted: bool) -> str:
    """Return a value as its control sends it: in a list one with a comma stands between quotes."""
    return write_list([value]) if quoted else value


def _picked(chosen: list[dict[str, Any]], others: Iterable[str]) -> list[str]:
    return [*(str(one["label"]) for one in chosen if one["on"]), *others]


def _box(field: str, kind: Kind | None, text: str) -> dict[str, str]:
    """Return a text and its control's type; an own date is a day unless an instant was asked, a country its name."""
    if kind == "date" and field.startswith(CUSTOM) and "T" not in text:
        return {"text": text, "type": "date"}
    if field == "country":
        text = name_country(text)
    return {"text": text, "type": TYPES.get(kind or "", "text")}
