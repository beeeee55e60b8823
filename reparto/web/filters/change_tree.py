"""
One press of a button in the filter: add a condition, add a group, remove.

A press that names no place changes nothing.
"""

from collections.abc import Callable

from .filter_tree import Condition, Group, Path, read_path
from .read_tokens import DEPTH_LIMIT

#: What a new condition asks first: people most often route by origin.
NEW = Condition("source", "is", ("",))
#: Beyond it nobody can read the page; the language itself allows as many.
MOST_NODES = 100


def change_tree(root: Group, step: str) -> Group:
    """Return the tree after `condition:PATH`, `group:PATH` or `remove:PATH`; after anything else as it was."""
    act, _, written = step.partition(":")
    path = read_path(written)
    if path is None:
        return root
    if act == "remove":
        return _at(root, path[:-1], lambda group: _without(group, path[-1])) if path else Group(root.join)
    if act == "group" and len(path) >= DEPTH_LIMIT - 1:
        return root
    if act in ("condition", "group") and _size(root) < MOST_NODES:
        new = NEW if act == "condition" else Group("any", (NEW,))
        return _at(root, path, lambda group: Group(group.join, (*group.children, new)))
    return root


def _at(group: Group, path: Path, change: Callable[[Group], Group]) -> Group:
    if not path:
        return change(group)
    place = path[0]
    child = group.children[place] if place < len(group.children) else None
    return group.put(place, _at(child, path[1:], change)) if isinstance(child, Group) else group


def _without(group: Group, place: int) -> Group:
    return Group(group.join, (*group.children[:place], *group.children[place + 1 :]))


def _size(group: Group) -> int:
    return sum(1 + (_size(child) if isinstance(child, Group) else 0) for child in group.children)
