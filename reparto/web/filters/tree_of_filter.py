"""
From a stored filter to the tree that is edited; nothing of its meaning is lost.

The root is always a group, so that there is a place to add the next condition.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from reparto.contacts.own_dates import read_day
from reparto.engine import CUSTOM, FIELDS, OPERATORS

from ..read_list import write_list
from .filter_tree import Condition, Group, Join, Node
from .fit_condition import shape_of


def tree_of_filter(stored: Mapping[str, Any]) -> Group:
    """Return the tree of a filter that was checked when it was stored."""
    node = _node(stored) if stored else Group()
    return node if isinstance(node, Group) else Group("all", (node,))


def _node(stored: Mapping[str, Any]) -> Node:
    if "field" in stored:
        return condition_of_stored(stored)
    if "not" in stored:
        return _denied(stored["not"])
    join: Join = "all" if "all" in stored else "any"
    return Group(join, tuple(_node(child) for child in stored[join]))


def _denied(stored: Mapping[str, Any]) -> Group:
    if "all" in stored:
        return Group("not_all", tuple(_node(child) for child in stored["all"]))
    children = stored.get("any", [stored])
    return Group("none", tuple(_node(child) for child in children))


def condition_of_stored(stored: Mapping[str, Any]) -> Condition:
    """Return a condition of the language as controls show it."""
    values = _values(stored.get("value"), _reader_of(stored["field"], stored["op"]))
    several = shape_of(stored["field"], stored["op"]) == "list"
    return Condition(stored["field"], stored["op"], (write_list(values),) if several else values, json.dumps(stored))


def _reader_of(field: str, op: str) -> Callable[[str], str]:
    """Return what makes a text of the language one of a control; of the company's own the operator tells dates."""
    if field.startswith(CUSTOM):
        return _own if op in OPERATORS["date"] else str
    return _moment if FIELDS.get(field) == "date" else str


def _values(value: Any, read: Callable[[str], str]) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, Mapping):
        return str(value["amount"]), str(value["unit"])
    if isinstance(value, list | tuple):
        return tuple(_text(one, read) for one in value)
    return (_text(value, read),)


def _text(value: Any, read: Callable[[str], str]) -> str:
    # A control has one line.
    return read(" ".join(value.splitlines())) if isinstance(value, str) else str(value)


def _own(value: str) -> str:
    day = read_day(value)
    return _moment(value) if day is None else day.isoformat()


def _moment(value: str) -> str:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    # A moment as the browser's own control takes it, in the person's zone.
    if moment.tzinfo is None:
        return value
    return timezone.localtime(moment).replace(tzinfo=None).isoformat(timespec=_exactly(moment))


def _exactly(moment: datetime) -> str:
    """Return how exactly the control can show a moment."""
    return "milliseconds" if moment.microsecond else "seconds"
