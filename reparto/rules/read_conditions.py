"""
What a rule asks of a contact, read once so that it can be held against every rule before it. Pure.

Nothing is judged but whether anybody can meet it at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any as Whatever

from reparto.engine import Any, Leaf, Node, Rule

from .covers import Ground, missed_by
from .flatten_filter import flatten_filter, open_node
from .implied_conditions import implied_conditions
from .implies import SEVERAL
from .narrow_conditions import Known, narrow_conditions
from .never_holds import ByField, never_holds, sort_conditions
from .read_bounds import Bounds, read_bounds

#: Fields with one value each, and the values one of which is asked for.
type Values = Mapping[str, frozenset[Whatever]]


@dataclass(frozen=True, eq=False)
class Conditions:
    """What a rule asks, whose filter can be read; without `slots`, for what is found out once when it is wanted."""

    rule: Rule
    filters: Sequence[Node]  #: what its filter asks
    asked: Sequence[Node]  #: and its kind, type and time besides

    @cached_property
    def impossible(self) -> bool:
        """Whether nobody can meet it."""
        return never_holds(self.asked)

    @cached_property
    def ground(self) -> Ground:
        """What it asks, to be held against other filters."""
        return Ground(self.asked)

    @cached_property
    def missed(self) -> list[Node]:
        """What holds of those whom its filter leaves."""
        return missed_by(self.filters)

    @cached_property
    def values(self) -> Values:
        """Of which values it takes one, by field."""
        found: dict[str, frozenset[Whatever]] = {}
        for field, values in filter(None, map(_values, self.filters)):
            found[field] = found.get(field, values) & values
        return found

    @cached_property
    def plain(self) -> ByField:
        """What its filter asks without a choice, by field."""
        return sort_conditions(self.filters)[0]

    @cached_property
    def named(self) -> set[tuple[str, Whatever]]:
        """The values that it asks for by name, each with its field."""
        leaves = [one for one in self.filters if isinstance(one, Leaf) and one.op in ("is", "in", "has_any", "has_all")]
        return {
            (leaf.field, value)
            for leaf in leaves
            for value in (leaf.value if isinstance(leaf.value, tuple) else (leaf.value,))
        }

    @cached_property
    def stretches(self) -> dict[tuple[str, str], Bounds]:
        """Where the values of a field must lie, by field and kind."""
        found: dict[tuple[str, str], Bounds] = {}
        for one in self.filters:
            if isinstance(one, Leaf) and (bounds := read_bounds(one)) is not None:
                field = (one.field, one.kind)
                found[field] = found.get(field, Bounds()).meet(bounds)
        return found

    @cached_property
    def size(self) -> int:
        """How many questions it asks."""
        return sum(map(_count, self.asked))

    def apart_from(self, other: "Conditions") -> bool:
        """Whether a glance shows that nobody meets both: they ask for other values of one field."""
        mine, theirs = self.values, other.values
        return any(field in theirs and values.isdisjoint(theirs[field]) for field, values in mine.items())


def read_conditions(rule: Rule, known: Known) -> Conditions | None:
    """Return what a rule asks; None where its filter cannot be read, so that it takes nobody."""
    filters = flatten_filter(rule.filters)
    if filters is None:
        return None
    return Conditions(rule, filters, narrow_conditions([*filters, *implied_conditions(rule)], known))


def _values(node: Node) -> tuple[str, frozenset[Whatever]] | None:
    """The field and the values of a condition that asks for one of them; a choice among such is one, too."""
    if isinstance(node, Leaf) and node.op in ("is", "in") and node.field not in SEVERAL:
        return node.field, frozenset(node.value if isinstance(node.value, tuple) else (node.value,))
    if not isinstance(node, Any):
        return None
    ways = [_values(way[0]) if len(way := open_node(child)) == 1 else None for child in node.children]
    known = [way for way in ways if way is not None]
    if not known or len(known) < len(ways) or len({field for field, _ in known}) > 1:
        return None
    return known[0][0], frozenset[Whatever]().union(*(values for _, values in known))


def _count(node: Node) -> int:
    children = getattr(node, "children", None)
    return 1 if children is None else sum(map(_count, children))
