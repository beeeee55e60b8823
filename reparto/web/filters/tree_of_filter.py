"""
From a stored filter to the tree that is edited; nothing of its meaning is lost.

The root is always a group, so that there is a place to add the next condition.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from reparto.engine import CUSTOM, FIELDS

from ..read_list import write_list
from .filter_tree import Condition, Group, Join, Node
from .fit_condition import shape_of


def tree_of_filter(stored: Mapping[str, Any]) -> Group:
    """Return the tree of a filter that was checked when it was stored."""
    node = _node(stored) if stored else Group()
    return node if isinstance(node, Group) else Group("all", (node,))


def _node(stored: Mapping[str, Any]) -> Node:
    if "field" in stored:
        return _condition(stored)
    if "not" in stored:
        return _denied(stored["not"])
    join: Join = "all" if "all" in stored else "any"
    return Group(join, tuple(_node(child) for child in stored[join]))


def _denied(stored: Mapping[str, Any]) -> Group:
    if "all" in stored:
        return Group("not_all", tuple(_node(child) for child in stored["all"]))
    children = stored.get("any", [stored])
    return Group("none", tuple(_node(child) for child in children))


def _condition(stored: Mapping[str, Any]) -> Condition:
    kind = FIELDS.get(stored["field"], "date" if stored["field"].startswith(CUSTOM) else "text")
    values = _values(stored.get("value"), dated=kind == "date")
    several = shape_of(stored["field"], stored["op"]) == "list"
    return Condition(stored["field"], stored["op"], (write_list(values),) if several else values)


def _values(value: Any, *, dated: bool) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, Mapping):
        return str(value["amount"]), str(value["unit"])
    if isinstance(value, list | tuple):
        return tuple(_text(one, dated=dated) for one in value)
    return (_text(value, dated=dated),)


def _text(value: Any, *, dated: bool) -> str:
    if not isinstance(value, str) or not dated:
        return str(value)
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
