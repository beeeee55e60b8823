"""
From the tree that was edited to a filter of the language, and where in it each node went.

It refuses nothing: what cannot be used stays in, so that the language's reader can say so at its place.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from reparto.contacts.own_dates import write_day
from reparto.engine import CUSTOM, Kind, check_filter

from ..read_list import read_list
from ..read_typed import read_number, read_typed
from .filter_tree import EVERYBODY, Condition, Group, Join, Path
from .fit_condition import fit_condition, kind_of, shape_of
from .tree_of_filter import condition_of_stored

_KEYS = {"all": ("all", False), "any": ("any", False), "none": ("any", True), "not_all": ("all", True)}


class Written:
    """A filter, and the place of each node of the tree in it."""

    def __init__(self, custom: Mapping[str, Kind]) -> None:
        """Begin with nothing written."""
        self.custom = custom
        self.places: dict[str, Path] = {}

    def group(self, group: Group, path: Path, place: str) -> dict[str, Any]:
        """Return a group; inside it, what asks nothing is left out where that changes nothing."""
        key, denied = _KEYS[group.join]
        place = _join(place, "not") if denied else place
        self.places[place] = path
        asking = [(at, child) for at, child in enumerate(group.children) if not _idle(child, group.join)]
        inside: list[dict[str, Any]] = []
        for at, child in asking:
            where = f"{_join(place, key)}[{len(inside)}]"
            inside.append(self.node(child, (*path, at), where))
        return {"not": {key: inside}} if denied else {key: inside}

    def node(self, node: Condition | Group, path: Path, place: str) -> dict[str, Any]:
        """Return a node of either kind."""
        if isinstance(node, Group):
            return self.group(node, path, place)
        self.places[place] = path
        return condition_of(node, self.custom)


def filter_of_tree(root: Group, *, custom: Mapping[str, Kind]) -> tuple[dict[str, Any], Mapping[str, Path]]:
    """Return the filter, `{}` when it is for everybody, and the tree's path of each place in it."""
    written = Written(custom)
    return ({}, {}) if _idle(root, "all") else (written.group(root, (), ""), written.places)


def condition_of(condition: Condition, custom: Mapping[str, Kind]) -> dict[str, Any]:
    """Return a condition as the language writes it: as it was stored, to the letter, where it was left as drawn."""
    written = _typed(condition, custom)
    stored = _stored(condition.stored, custom) if condition.stored else None
    drawn = stored and _typed(condition_of_stored(stored), custom)
    return stored if stored and drawn == written else written


def keeps_stored(condition: Condition, custom: Mapping[str, Kind]) -> bool:
    """Say whether what controls show of a condition is not exactly what is stored, so that it is sent along."""
    return condition_of(condition, custom) != _typed(condition, custom)


def _stored(written: str, custom: Mapping[str, Kind]) -> dict[str, Any] | None:
    try:
        stored = json.loads(written)
    except (ValueError, RecursionError):
        return None
    usable = isinstance(stored, dict) and "field" in stored and not check_filter(stored, custom=custom)
    return stored if usable else None


def _typed(condition: Condition, custom: Mapping[str, Kind]) -> dict[str, Any]:
    fitted = fit_condition(condition, custom)
    kind = kind_of(fitted.field, custom)
    stored: dict[str, Any] = {"field": fitted.field, "op": fitted.op}
    shape = shape_of(fitted.field, fitted.op)
    if shape == "nothing" or kind is None:
        return stored
    moment = _own if fitted.field.startswith(CUSTOM) else _moment
    values = [read_typed(text.strip(), field=fitted.field, kind=kind, moment=moment) for text in _texts(fitted, shape)]
    if shape == "span":
        return stored | {"value": {"amount": read_number(fitted.values[0]), "unit": fitted.values[1]}}
    return stored | {"value": values if shape in ("pair", "list", "boxes") else values[0]}


def _texts(condition: Condition, shape: str) -> list[str]:
    if shape != "list":
        return list(condition.values)
    return [part for text in condition.values for part in read_list(text)]


def _idle(node: Condition | Group, join: Join) -> bool:
    """Say whether a group that asks nothing can be left out among what is joined so: it means everybody, or nobody."""
    if isinstance(node, Condition) or not all(_idle(child, node.join) for child in node.children):
        return False
    return (node.join in EVERYBODY) == (join in ("all", "not_all"))


def _join(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def _own(text: str) -> str:
    """A day alone is that day, whoever asks; with a time of day it is the asker's moment."""
    try:
        return write_day(date.fromisoformat(text))
    except ValueError:
        return _moment(text)


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else timezone.make_aware(moment)).isoformat()
    except (ValueError, OverflowError):
        return text
