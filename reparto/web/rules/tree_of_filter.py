"""
From a stored filter to the tree that is edited; nothing of its meaning is lost.

The root is always a group, so that there is a place to add the next condition.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from .filter_tree import Condition, Group, Join, Node


def tree_of_filter(stored: Mapping[str, Any]) -> Group:
    """Return the tree of a filter that was checked when it was stored."""
    node = _node(stored) if stored else Group()
    return node if isinstance(node, Group) else Group("all", (node,))


def _node(stored: Mapping[str, Any]) -> Node:
    if "field" in stored:
        return Condition(stored["field"], stored["op"], _values(stored.get("value")))
    if "not" in stored:
        return _denied(stored["not"])
    join: Join = "all" if "all" in stored else "any"
    return Group(join, tuple(_node(child) for child in stored[join]))


def _denied(stored: Mapping[str, Any]) -> Group:
    if "all" in stored:
        return Group("not_all", tuple(_node(child) for child in stored["all"]))
    children = stored.get("any", [stored])
    return Group("none", tuple(_node(child) for child in children))


def _values(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, Mapping):
        return str(value["amount"]), str(value["unit"])
    if isinstance(value, list | tuple):
        return tuple(_text(one) for one in value)
    return (_text(value),)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        return str(value)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    # A moment as the browser's own control takes it, in the person's zone.
    return value if moment.tzinfo is None else timezone.localtime(moment).replace(tzinfo=None).isoformat()
