"""
Read a filter: from the JSON of the contract to a tree of nodes, or to everything that is wrong with it.

Data, never code: nothing is evaluated, and no input, however odd, makes it fail in another way.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from reparto.engine.faults import BadFilter, Fault
from reparto.engine.fields import CUSTOM, FIELDS, OPERATORS, Kind
from reparto.engine.nodes import All, Any, Leaf, Node, Not
from reparto.engine.read_value import Unreadable, read_value

DEPTH_LIMIT: Final = 50
LEAF_LIMIT: Final = 100
FAULT_LIMIT: Final = 100  #: after so many faults reading ends; nobody reads more
_NO_VALUE: Final = ("empty", "not_empty")
_KEYS: Final[Mapping[str, frozenset[str]]] = {
    "all": frozenset({"all"}),
    "any": frozenset({"any"}),
    "not": frozenset({"not"}),
    "field": frozenset({"field", "op", "value"}),
}


def parse_filter(raw: object, *, custom: Mapping[str, Kind] | None = None, countries: bool = True) -> Node:
    """
    Read a filter into nodes. `{}` and `{"all": []}` hold for everybody.

    `custom` has the kinds of the company's own fields by key. Without it any key is taken, and its
    kind follows from the operator; that is for filters that were checked when they were stored. Without `countries` a
    country is the text that was written, as it was to those who decided before it was one value.

    Raises:
        BadFilter: Something is wrong; has all faults at once.

    """
    reading = _Reading(custom, countries=countries)
    node = reading.node(raw, path="", depth=1)
    if reading.faults or node is None:
        raise BadFilter(tuple(reading.faults))
    return node


def check_filter(raw: object, *, custom: Mapping[str, Kind] | None = None) -> tuple[Fault, ...]:
    """Everything that is wrong with a filter, in reading order; nothing when it can be used."""
    try:
        parse_filter(raw, custom=custom)
    except BadFilter as bad:
        return bad.faults
    return ()


def leaves_of(node: Node) -> Iterator[Leaf]:
    """The questions of a filter, from left to right."""
    if isinstance(node, Leaf):
        yield node
    elif isinstance(node, Not):
        yield from leaves_of(node.child)
    else:
        for child in node.children:
            yield from leaves_of(child)


class _Reading:
    """One reading of one filter: what was found wrong and how many questions there were."""

    def __init__(self, custom: Mapping[str, Kind] | None, *, countries: bool) -> None:
        self.custom, self.countries = custom, countries
        self.faults: list[Fault] = []
        self.leaves = 0

    def refuse(self, path: str, code: str, **params: object) -> Leaf | None:
        """Note a fault; what was read is no node."""
        self.faults.append(Fault(path, code, params))
        return None

    @property
    def over(self) -> bool:
        return self.leaves > LEAF_LIMIT or len(self.faults) >= FAULT_LIMIT

    def node(self, raw: object, *, path: str, depth: int) -> Node | None:
        if depth > DEPTH_LIMIT:
            return self.refuse(path, "too_deep", limit=DEPTH_LIMIT)
        if not isinstance(raw, Mapping):
            return self.refuse(path, "not_an_object")
        if not raw and not path:
            return All()
        shapes = [shape for shape in _KEYS if shape in raw]
        if len(shapes) != 1:
            return self.refuse(path, "unknown_node")
        strange = [str(key) for key in raw if key not in _KEYS[shapes[0]]]
        if strange:
            return self.refuse(path, "unknown_key", key=strange[0][:50])
        return self.shape(shapes[0], raw, path=path, depth=depth)

    def shape(self, shape: str, raw: Mapping[object, object], *, path: str, depth: int) -> Node | None:
        if shape == "field":
            return self.leaf(raw, path)
        inside = _join(path, shape)
        if shape == "not":
            child = self.node(raw["not"], path=inside, depth=depth + 1)
            return None if child is None else Not(child)
        children = self.children(raw[shape], path=inside, depth=depth + 1)
        return All(children) if shape == "all" else Any(children)

    def children(self, raw: object, *, path: str, depth: int) -> tuple[Node, ...]:
        if not isinstance(raw, Sequence) or isinstance(raw, str | bytes):
            self.refuse(path, "not_a_list")
            return ()
        found: list[Node] = []
        # A list of nothing but lists has no questions, yet must end.
        if len(raw) > LEAF_LIMIT:
            self.refuse(path, "too_many", limit=LEAF_LIMIT)
            return ()
        for index, child in enumerate(raw):
            if self.over:
                break
            node = self.node(child, path=f"{path}[{index}]", depth=depth)
            if node is not None:
                found.append(node)
        return tuple(found)

    def leaf(self, raw: Mapping[object, object], path: str) -> Leaf | None:
        self.leaves += 1
        if self.leaves > LEAF_LIMIT:
            return self.refuse("", "too_many", limit=LEAF_LIMIT)
        name, op = raw["field"], raw.get("op")
        kinds = self.kinds_of(name)
        if not isinstance(name, str) or not kinds:
            return self.refuse(_join(path, "field"), "unknown_field", field=str(name)[:50])
        kind = _kind_for(kinds, op, raw.get("value"))
        if kind is None or not isinstance(op, str):
            operators = ", ".join(dict.fromkeys(known for kind in kinds for known in OPERATORS[kind]))
            return self.refuse(_join(path, "op"), "unknown_operator", field=name, operators=operators)
        return self.value(Leaf(name, kind, op), raw, path)

    def value(self, asked: Leaf, raw: Mapping[object, object], path: str) -> Leaf | None:
        where, given = _join(path, "value"), raw.get("value")
        if asked.op in _NO_VALUE:
            return asked if given is None else self.refuse(where, "needless_value")
        if given is None:
            return self.refuse(where, "missing_value")
        try:
            value = read_value(given, field=asked.field, kind=asked.kind, op=asked.op, countries=self.countries)
        except Unreadable as bad:
            return self.refuse(where, bad.code, **bad.params)
        return Leaf(asked.field, asked.kind, asked.op, value, given)

    def kinds_of(self, name: object) -> tuple[Kind, ...]:
        """The kinds that a field may be of: one, but for a custom field of which nothing is known."""
        if not isinstance(name, str):
            return ()
        if not name.startswith(CUSTOM):
            return (FIELDS[name],) if name in FIELDS else ()
        key = name.removeprefix(CUSTOM)
        if self.custom is None:
            return tuple(OPERATORS) if key else ()
        return (self.custom[key],) if key in self.custom else ()


def _kind_for(kinds: tuple[Kind, ...], op: object, value: object) -> Kind | None:
    """
    The kind under which an operator is read.

    Where several know it the answer does not depend on which: `is` and `empty` mean the same for text and
    choice, and numbers and instants are told apart by how the value is written.
    """
    fitting = [kind for kind in kinds if op in OPERATORS[kind]]
    if len(fitting) > 1 and fitting[0] == "number":
        sample = value[0] if isinstance(value, list) and value else value
        return "date" if isinstance(sample, str) else "number"
    return fitting[0] if fitting else None


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
