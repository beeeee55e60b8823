"""
Whether conditions plainly hold for nobody. Pure; False also where that takes more than looking.

Never true where somebody could meet them: a property test asks the judge.
"""

from collections.abc import Sequence
from functools import reduce

from reparto.engine import Any, Leaf, Node, Not

from .flatten_filter import conditions_of
from .implies import SEVERAL, implies, needs_value
from .read_bounds import Bounds, is_shorter, read_bounds


def never_holds(conditions: Sequence[Node]) -> bool:
    """Whether nobody can meet all of the conditions."""
    plain = [one for one in conditions if not isinstance(one, Any)]
    # A choice is none when each of its ways contradicts itself or what must hold besides.
    choices = [one for one in conditions if isinstance(one, Any)]
    if any(all(never_holds([*plain, *conditions_of(way)]) for way in one.children) for one in choices):
        return True
    if any(isinstance(one, Not) and implies(plain, one.child) for one in plain):
        return True
    fields = {one.field for one in plain if isinstance(one, Leaf)}
    return any(_contradict(field, [one for one in plain if _field(one) == field]) for field in fields)


def _field(condition: Node) -> str:
    leaf = getattr(condition, "child", condition)
    return leaf.field if isinstance(leaf, Leaf) else ""


def _contradict(field: str, conditions: list[Node]) -> bool:
    leaves = [one for one in conditions if isinstance(one, Leaf)]
    if any(one.op == "empty" for one in leaves) and any(needs_value(one) for one in conditions):
        return True
    if _no_member(leaves) or _no_instant(leaves) or _no_room(leaves):
        return True
    if field in SEVERAL:
        return any(one.value == other.value for one in _of(leaves, "is") for other in _of(leaves, "is_not"))
    return _no_value(leaves) or _no_beginning(leaves)


def _of(leaves: list[Leaf], *ops: str) -> list[Leaf]:
    return [one for one in leaves if one.op in ops]


def _set(leaf: Leaf) -> frozenset[object]:
    return frozenset(leaf.value) if isinstance(leaf.value, tuple) else frozenset((leaf.value,))


def _no_value(leaves: list[Leaf]) -> bool:
    """Whether no single value is left of those that are asked for."""
    wanted = [_set(one) for one in _of(leaves, "is", "in")]
    if not wanted:
        return False
    barred = frozenset().union(*(_set(one) for one in _of(leaves, "is_not", "not_in")))
    left = frozenset.intersection(*wanted) - barred
    for test in _of(leaves, "contains", "starts"):
        part = str(test.value)
        left = frozenset(
            one
            for one in left
            if isinstance(one, str) and (part in one if test.op == "contains" else one.startswith(part))
        )
    return not left


def _no_beginning(leaves: list[Leaf]) -> bool:
    """Whether a text would have to begin in two ways."""
    parts = [str(one.value) for one in _of(leaves, "starts")]
    longest = max(parts, key=len, default="")
    return not all(longest.startswith(part) for part in parts)


def _no_member(leaves: list[Leaf]) -> bool:
    """Whether a set would have to have what it must not have."""
    barred = frozenset().union(*(_set(one) for one in _of(leaves, "has_none")))
    needed = any(not barred.isdisjoint(_set(one)) for one in _of(leaves, "has_all"))
    return needed or any(_set(one) <= barred for one in _of(leaves, "has_any"))


def _no_instant(leaves: list[Leaf]) -> bool:
    """Whether something would have to be both within a stretch and before it."""
    return any(
        is_shorter(late.value, early.value) for late in _of(leaves, "last") for early in _of(leaves, "before_last")
    )


def _no_room(leaves: list[Leaf]) -> bool:
    bounds = [one for one in map(read_bounds, leaves) if one is not None]
    try:
        return bool(bounds) and reduce(Bounds.meet, bounds).no_room
    except TypeError:
        # Of a field of the company's own whose kind has changed, numbers and instants may be left side by side.
        return False
