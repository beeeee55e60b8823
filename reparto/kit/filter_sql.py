"""
The SQL reader of the filter language: nodes → a condition for a queryset, equal to `engine.judge` on every row.

It knows no table: whoever calls says where each field is stored. No text of a filter ever becomes SQL; it is a
parameter, always. The laws of the language (two truth values, what having no value means) are those of `judge`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any, Protocol

from django.db.models import BooleanField, Expression, F, Func, Q, Value

from reparto.engine import All, Leaf, Node, Not, Window, start_of_window

NOBODY = Q(pk__in=[])
EVERYBODY = ~NOBODY
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE = re.compile(r"\{(\d)\}")
_COMPARES = ("=", "<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class Column:
    """A field with a column of its own: an id, a word, a number or an instant."""

    path: str


@dataclass(frozen=True, slots=True)
class InJson:
    """A field kept in a JSON column, as `fold_contact` writes it; its type is told by what is there."""

    column: str
    key: str
    several: bool = False  #: a list of texts, of which one has to fit
    spellings: Callable[[str], Sequence[str]] | None = None  #: all that is stored for a word, where it is no one thing


@dataclass(frozen=True, slots=True)
class Members:
    """A set kept in other tables; `having` returns the condition for having any of some values, `none` that of none."""

    having: Callable[[Sequence[Any]], Q]
    none: Callable[[], Q]


Stored = Column | InJson | Members


class Where(Protocol):
    """Says where a field is stored."""

    def __call__(self, field: str) -> Stored:
        """Return it; every field of the language has a place."""
        ...


class Condition(Func):
    """A condition of our own SQL, `{0}` … standing for expressions; false, never unknown, where `settled`."""

    def __init__(self, sql: str, *expressions: Expression | F, settled: bool = False) -> None:
        """Keep the SQL, which is always a constant of this module."""
        super().__init__(*expressions, output_field=BooleanField())
        self.sql, self.settled = sql, settled

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:  # type: ignore[override]
        """Put the expressions in their places, with their parameters in that order."""
        parts = [compiler.compile(expression) for expression in self.get_source_expressions()]
        order = [int(place) for place in _PLACE.findall(self.sql)]
        sql = _PLACE.sub(lambda place: parts[int(place[1])][0], self.sql)
        params = tuple(chain.from_iterable(parts[place][1] for place in order))
        return (f"coalesce({sql}, false)" if self.settled else f"({sql})"), params


def filter_to_q(node: Node, *, at: datetime, where: Where) -> Q:
    """Return the condition that holds for exactly the rows for which `judge` says yes at that instant."""
    return _Making(at, where).q(node, inside_not=False)


class _Making:
    """The making of one condition."""

    def __init__(self, at: datetime, where: Where) -> None:
        self.at, self.where = at, where

    def q(self, node: Node, *, inside_not: bool) -> Q:
        if isinstance(node, Leaf):
            return self.leaf(node, inside_not=inside_not)
        if isinstance(node, Not):
            return ~self.q(node.child, inside_not=True)
        whole = EVERYBODY if isinstance(node, All) else NOBODY
        for child in node.children:
            made = self.q(child, inside_not=inside_not)
            whole = whole & made if isinstance(node, All) else whole | made
        return whole

    def leaf(self, leaf: Leaf, *, inside_not: bool) -> Q:
        """A condition that is unknown counts as false; only under a *not* would that matter, so there it is settled."""
        contrary = _CONTRARIES.get(leaf.op)
        if contrary is not None:
            return ~self.leaf(Leaf(leaf.field, leaf.kind, contrary, leaf.value), inside_not=True)
        stored = self.where(leaf.field)
        if isinstance(stored, Members):
            return _of_members(stored, leaf)
        sql, values = (_of_column if isinstance(stored, Column) else _of_json)(leaf, self.at, stored)  # type: ignore[arg-type]
        named = [F(stored.path)] if isinstance(stored, Column) else [F(stored.column), Value(stored.key)]
        return Q(Condition(sql, *named, *(Value(value) for value in values), settled=inside_not))


_CONTRARIES: Mapping[str, str] = {"is_not": "is", "not_empty": "empty", "not_in": "in", "has_none": "has_any"}

Made = tuple[str, tuple[Any, ...]]


def _of_members(stored: Members, leaf: Leaf) -> Q:
    value: Any = leaf.value
    if leaf.op == "empty":
        return stored.none()
    if leaf.op == "has":
        return stored.having([value])
    if leaf.op == "has_any":
        return stored.having(value)
    whole = EVERYBODY
    for one in value if leaf.op == "has_all" else ():
        whole &= stored.having([one])
    return whole if leaf.op == "has_all" else NOBODY


def _of_column(leaf: Leaf, at: datetime, stored: Column) -> Made:
    if leaf.op == "empty":
        return "{0} IS NULL", ()
    if leaf.op == "is":
        return "{0} = {1}", (leaf.value,)
    if leaf.op == "in":
        return "{0} = ANY({1})", (list(leaf.value),)  # type: ignore[call-overload]
    return _compared("{0}", leaf, at, first=1, instant=lambda value: value)


#: What is stored for a field: `{0}` the JSON column, `{1}` the key.
_THERE = "({0} -> {1}::text)"
_TEXT = "(CASE WHEN jsonb_typeof({0} -> {1}::text) = 'string' THEN {0} ->> {1}::text END)"
_TEXTS = (
    "jsonb_array_elements_text(CASE WHEN jsonb_typeof({0} -> {1}::text) = 'array' THEN {0} -> {1}::text"
    " ELSE '[]'::jsonb END) AS one"
)
_NUMBER = "(CASE WHEN jsonb_typeof({0} -> {1}::text) = 'number' THEN ({0} ->> {1}::text)::numeric END)"
_INSTANT = "(CASE WHEN jsonb_typeof({0} -> {1}::text -> 'at') = 'number' THEN ({0} -> {1}::text ->> 'at')::bigint END)"
_EMPTY = f"coalesce({_THERE}, 'null'::jsonb) IN ('null'::jsonb, '\"\"'::jsonb, '[]'::jsonb)"
_TESTS: Mapping[str, str] = {
    "is": "{text} = {2}",
    "contains": "strpos({text}, {2}) > 0",
    "starts": "starts_with({text}, {2})",
    "in": "{text} = ANY({2})",
}


def _of_json(leaf: Leaf, at: datetime, stored: InJson) -> Made:
    if leaf.op == "empty":
        return _EMPTY, ()
    if leaf.kind == "set":
        return _of_list(leaf)
    if leaf.op in _TESTS:
        return _of_text(leaf, stored)
    if leaf.kind == "number":
        return _compared(_NUMBER, leaf, at, first=2, instant=lambda value: value)
    return _compared(_INSTANT, leaf, at, first=2, instant=lambda value: (value - EPOCH) // timedelta(microseconds=1))


def _of_text(leaf: Leaf, stored: InJson) -> Made:
    test, value = _TESTS[leaf.op], leaf.value
    if leaf.op == "in":
        value = list(leaf.value)  # type: ignore[call-overload]
    if stored.spellings is not None:
        asked = value if isinstance(value, list) else [value]
        test, value = _TESTS["in"], [word for one in asked for word in stored.spellings(str(one))]
    if stored.several:
        return f"EXISTS (SELECT FROM {_TEXTS} WHERE {test.replace('{text}', 'one')})", (value,)
    return test.replace("{text}", _TEXT), (value,)


def _of_list(leaf: Leaf) -> Made:
    words = [leaf.value] if leaf.op == "has" else list(leaf.value)  # type: ignore[call-overload]
    if leaf.op == "has_all":
        return f"NOT EXISTS (SELECT unnest({{2}}::text[]) EXCEPT SELECT one FROM {_TEXTS})", (words,)
    return f"EXISTS (SELECT FROM {_TEXTS} WHERE one = ANY({{2}}::text[]))", (words,)


def _compared(have: str, leaf: Leaf, at: datetime, *, first: int, instant: Callable[[datetime], Any]) -> Made:
    def ready(value: Any) -> Any:
        # Through its text a number is the same in Python, JSON and SQL.
        return instant(value) if isinstance(value, datetime) else Decimal(repr(value))

    value: Any = leaf.value
    one, other = f"{{{first}}}", f"{{{first + 1}}}"
    if leaf.op == "between":
        return f"{have} BETWEEN {one} AND {other}", (ready(value[0]), ready(value[1]))
    if leaf.op in ("last", "before_last"):
        return _in_window(have, value, leaf.op, at, instant)
    return f"{have} {leaf.op if leaf.op in _COMPARES else '='} {one}", (ready(value),)


def _in_window(have: str, window: Window, op: str, at: datetime, instant: Callable[[datetime], Any]) -> Made:
    start = instant(start_of_window(window, at=at))
    place = 1 if have == "{0}" else 2
    if op == "before_last":
        return f"{have} < {{{place}}}", (start,)
    return f"{have} BETWEEN {{{place}}} AND {{{place + 1}}}", (start, instant(at))
