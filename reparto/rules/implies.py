"""
Whether whoever meets some conditions surely meets another. Pure; False where that would take more than looking.

Never true where somebody could meet the first and not the second: a property test asks the judge.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any as Whatever

from reparto.engine import All, Any, Leaf, Node, Not

from .flatten_filter import open_node
from .read_bounds import is_shorter, read_bounds

#: A contact can have several of these, so that what one of them is says nothing of the others.
SEVERAL = frozenset({"email", "phone"})
#: Hold without a value.
WITHOUT = frozenset({"empty", "is_not", "not_in", "has_none"})


def implies(conditions: Sequence[Node], wanted: Node) -> bool:
    """Whether all who meet the conditions meet the wanted one."""
    if isinstance(wanted, All):
        return all(implies(conditions, child) for child in wanted.children)
    if isinstance(wanted, Any) and any(implies(conditions, child) for child in wanted.children):
        return True
    return any(_one_implies(condition, wanted) for condition in conditions)


def _one_implies(condition: Node, wanted: Node) -> bool:
    if condition == wanted:
        return True
    if isinstance(condition, Any):
        return bool(condition.children) and all(implies(open_node(one), wanted) for one in condition.children)
    if isinstance(wanted, Not) and isinstance(wanted.child, Leaf) and isinstance(condition, Leaf):
        return wanted.child.op == "empty" and condition.field == wanted.child.field and needs_value(condition)
    if not isinstance(condition, Leaf) or not isinstance(wanted, Leaf) or condition.field != wanted.field:
        return False
    return _leaf_implies(condition, wanted)


def needs_value(condition: Node) -> bool:
    """Whether a condition holds only for whoever has a value in its field."""
    if isinstance(condition, Not):
        return isinstance(condition.child, Leaf) and condition.child.op == "empty"
    return isinstance(condition, Leaf) and condition.op not in WITHOUT


def _leaf_implies(one: Leaf, wanted: Leaf) -> bool:
    if wanted.op == "not_empty":
        return needs_value(one)
    if wanted.op in ("not_in", "is_not"):
        return _bars(one, wanted)
    test = _TESTS.get((one.op, wanted.op))
    if test is not None:
        return bool(test(one.value, wanted.value))
    inner, outer = read_bounds(one), read_bounds(wanted)
    return inner is not None and outer is not None and inner.within(outer)


def _bars(one: Leaf, wanted: Leaf) -> bool:
    """Whether a value that is not wanted cannot be there."""
    barred = set(_values(wanted))
    if one.op == "empty":
        return True
    if one.op in ("not_in", "is_not"):
        return barred <= set(_values(one))
    return one.op in ("is", "in") and one.field not in SEVERAL and barred.isdisjoint(_values(one))


def _values(leaf: Leaf) -> Sequence[Whatever]:
    return leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)


#: What somebody asks, what is wanted → the test of their values. Lists of one were made of `is` and `has` before.
_TESTS: Mapping[tuple[str, str], Callable[[Whatever, Whatever], bool]] = {
    ("in", "in"): lambda one, wanted: set(one) <= set(wanted),
    ("is", "contains"): lambda one, wanted: wanted in one,
    ("contains", "contains"): lambda one, wanted: wanted in one,
    ("starts", "contains"): lambda one, wanted: wanted in one,
    ("is", "starts"): lambda one, wanted: one.startswith(wanted),
    ("starts", "starts"): lambda one, wanted: one.startswith(wanted),
    ("has_any", "has_any"): lambda one, wanted: set(one) <= set(wanted),
    ("has_all", "has_any"): lambda one, wanted: not set(one).isdisjoint(wanted),
    ("has_all", "has_all"): lambda one, wanted: set(wanted) <= set(one),
    ("has_any", "has_all"): lambda one, wanted: set(one) == set(wanted) and len(set(one)) == 1,
    ("has_none", "has_none"): lambda one, wanted: set(wanted) <= set(one),
    ("last", "last"): is_shorter,
    ("before_last", "before_last"): lambda one, wanted: is_shorter(wanted, one),
}
