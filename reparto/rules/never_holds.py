"""
Whether conditions plainly hold for nobody. Pure; False also where that takes more than looking.

Never true where somebody could meet them: a property test asks the judge.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce

from reparto.engine import Any, Leaf, Node, Not

from .flatten_filter import open_node
from .implies import SEVERAL, implies, needs_value
from .read_bounds import Bounds, is_shorter, read_bounds

#: Plain conditions by the field that they ask about: those of different fields never contradict each other.
type ByField = Mapping[str, Sequence[Node]]
type ByOperator = Mapping[str, Sequence[Leaf]]


def never_holds(conditions: Iterable[Node]) -> bool:
    """Whether nobody can meet all of the conditions, as `flatten_filter` returns them."""
    return contradicts(conditions, {})


def contradicts(conditions: Iterable[Node], beside: ByField) -> bool:
    """Whether nobody can meet the conditions together with plain ones that do not contradict each other."""
    plain, choices = sort_conditions(conditions)
    together = {field: [*beside.get(field, ()), *asked] for field, asked in plain.items()}
    if any(_contradict(field, asked) for field, asked in together.items()):
        return True
    if not choices:
        return False
    every = {**beside, **together}
    # A choice is none when each of its ways contradicts itself or what must hold besides.
    return any(all(contradicts(open_node(way), every) for way in one.children) for one in choices)


def sort_conditions(conditions: Iterable[Node]) -> tuple[dict[str, list[Node]], list[Any]]:
    """Return the plain conditions by field, and the choices."""
    plain: dict[str, list[Node]] = {}
    choices = []
    for one in conditions:
        if isinstance(one, Any):
            choices.append(one)
        else:
            plain.setdefault(_field(one), []).append(one)
    return plain, choices


def _field(condition: Node) -> str:
    leaf = getattr(condition, "child", condition)
    return leaf.field if isinstance(leaf, Leaf) else ""


def _contradict(field: str, conditions: Sequence[Node]) -> bool:
    asked: dict[str, list[Leaf]] = {}
    for one in conditions:
        if isinstance(one, Leaf):
            asked.setdefault(one.op, []).append(one)
    leaves = [leaf for same in asked.values() for leaf in same]
    if any(isinstance(one, Not) and implies(leaves, one.child) for one in conditions):
        return True
    if "empty" in asked and any(needs_value(one) for one in conditions):
        return True
    if _no_member(asked) or _no_instant(asked) or _no_room(leaves):
        return True
    if field in SEVERAL:
        return any(one.value == other.value for one in _of(asked, "is") for other in _of(asked, "is_not"))
    return _no_value(asked) or _no_beginning(asked)


def _of(asked: ByOperator, *ops: str) -> list[Leaf]:
    return [one for op in ops for one in asked.get(op, ())]


def _set(leaf: Leaf) -> frozenset[object]:
    return frozenset(leaf.value) if isinstance(leaf.value, tuple) else frozenset((leaf.value,))


def _no_value(asked: ByOperator) -> bool:
    """Whether no single value is left of those that are asked for."""
    wanted = [_set(one) for one in _of(asked, "is", "in")]
    if not wanted:
        return False
    barred = frozenset().union(*(_set(one) for one in _of(asked, "is_not", "not_in")))
    left = frozenset.intersection(*wanted) - barred
    for test in _of(asked, "contains", "starts"):
        part = str(test.value)
        left = frozenset(
            one
            for one in left
            if isinstance(one, str) and (part in one if test.op == "contains" else one.startswith(part))
        )
    return not left


def _no_beginning(asked: ByOperator) -> bool:
    """Whether a text would have to begin in two ways."""
    parts = [str(one.value) for one in _of(asked, "starts")]
    longest = max(parts, key=len, default="")
    return not all(longest.startswith(part) for part in parts)


def _no_member(asked: ByOperator) -> bool:
    """Whether a set would have to have what it must not have."""
    barred = frozenset().union(*(_set(one) for one in _of(asked, "has_none")))
    needed = any(not barred.isdisjoint(_set(one)) for one in _of(asked, "has_all"))
    return needed or any(_set(one) <= barred for one in _of(asked, "has_any"))


def _no_instant(asked: ByOperator) -> bool:
    """Whether something would have to be both within a stretch and before it."""
    return any(
        is_shorter(late.value, early.value) for late in _of(asked, "last") for early in _of(asked, "before_last")
    )


def _no_room(leaves: Sequence[Leaf]) -> bool:
    bounds = [one for one in map(read_bounds, leaves) if one is not None]
    try:
        return bool(bounds) and reduce(Bounds.meet, bounds).no_room
    except TypeError:
        # Of a field of the company's own whose kind has changed, numbers and instants may be left side by side.
        return False
