"""
A filter as the conditions that must all hold: nested `all` opened, `not` pushed down to the questions. Pure.

What is returned means the same; nothing is judged.
"""

from collections.abc import Mapping
from typing import Any as Whatever

from reparto.engine import All, Any, BadFilter, Leaf, Node, Not, parse_filter

#: A question and the one that holds exactly when it does not; both judge a missing value alike.
CONTRARIES = {
    ("text", "is"): "is_not",
    ("text", "is_not"): "is",
    ("text", "empty"): "not_empty",
    ("text", "not_empty"): "empty",
    ("choice", "in"): "not_in",
    ("choice", "not_in"): "in",
    ("set", "empty"): "not_empty",
    ("set", "not_empty"): "empty",
    ("set", "has_any"): "has_none",
    ("set", "has_none"): "has_any",
}
#: Asks for one value; the same question of a list of it.
OF_LISTS = {("choice", "is"): "in", ("set", "has"): "has_any"}


def flatten_filter(stored: Mapping[str, Whatever]) -> list[Node] | None:
    """Return the conditions of a stored filter, each a question, a denied question, or an `any`; None: unreadable."""
    try:
        return conditions_of(parse_filter(stored))
    except BadFilter:
        return None


def conditions_of(node: Node) -> list[Node]:
    """Return the conditions of a node."""
    return open_node(_push(node, held=True))


def open_node(node: Node) -> list[Node]:
    """Return the conditions of a node in which every `not` stands at a question already."""
    if isinstance(node, All) or (isinstance(node, Any) and len(node.children) == 1):
        return [one for child in node.children for one in open_node(child)]
    return [node]


def _push(node: Node, *, held: bool) -> Node:
    if isinstance(node, Not):
        return _push(node.child, held=not held)
    if isinstance(node, Leaf):
        return _plain(node) if held else _denied(node)
    children = tuple(_push(child, held=held) for child in node.children)
    return All(children) if isinstance(node, All) is held else Any(children)


def _plain(leaf: Leaf) -> Leaf:
    """Ask of a list of one what asks for one, so that there is one form."""
    op = OF_LISTS.get((leaf.kind, leaf.op))
    return Leaf(leaf.field, leaf.kind, op, (leaf.value,)) if op else leaf


def _denied(leaf: Leaf) -> Node:
    plain = _plain(leaf)
    op = CONTRARIES.get((plain.kind, plain.op))
    return Leaf(plain.field, plain.kind, op, plain.value) if op else Not(plain)
