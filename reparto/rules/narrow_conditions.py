"""
Conditions as they are of whoever is judged from now on, and of what there is: pure, with what is known handed in.

They still hold for the same contacts; what never comes back and what there is not is only said more plainly.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from reparto.engine import All, Leaf, Node, Not, Window, start_of_window

from .flatten_filter import open_node


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before anybody is judged."""

    at: datetime | None = None  #: nobody is judged before
    ids: Mapping[str, Collection[int]] = field(default_factory=dict)  #: those that there are, of fields that have ids


def narrow_conditions(conditions: Iterable[Node], known: Known) -> list[Node]:
    """Return the conditions, every `not` of which stands at a question."""
    return [one for condition in conditions for one in open_node(_narrow(condition, known))]


def _narrow(node: Node, known: Known) -> Node:
    if isinstance(node, Not):
        return node
    if not isinstance(node, Leaf):
        return type(node)(tuple(_narrow(child, known) for child in node.children))
    if node.op == "last" and isinstance(node.value, Window) and known.at is not None:
        return All((node, Leaf(node.field, node.kind, ">=", start_of_window(node.value, at=known.at))))
    if node.op in ("in", "has_any") and isinstance(node.value, tuple) and node.field in known.ids:
        there = tuple(one for one in node.value if one in known.ids[node.field])
        return Leaf(node.field, node.kind, node.op, there)
    return node
