"""
The groups as their tree reads: parents before children, those beside each other as an administrator ordered them.

Those whom nobody ordered stand by name.
"""

from collections.abc import Iterable

from reparto.engine import fold

from .models import Group


def in_tree_order(groups: Iterable[Group]) -> list[Group]:
    """Return all groups of an organization in the order of the tree."""
    there = list(groups)
    places = {str(group.pk): (group.position, fold(group.name), group.pk) for group in there}
    return sorted(there, key=lambda group: [places[part] for part in group.path.strip("/").split("/")])


def last_place(siblings: Iterable[Group]) -> int:
    """Return the position behind these groups; none is needed while they stand by name."""
    highest = max((group.position for group in siblings), default=0)
    return highest + 1 if highest else 0
