"""
Answer a filter in memory: does it hold for these facts, at this instant? Pure; the other reader makes SQL.

The laws, which SQL must keep too. There are two truth values. A field has no value when it is missing, None, "" or
an empty collection. Without a value `empty`, `is_not`, `not_in` and `has_none` hold, and nothing else does; so whoever
was never followed up is not `before_last` anything (ask `empty` besides). A text with several values holds
for `is`, `contains` and `starts` when one of them does; `is_not` is the contrary of `is`. Numbers and instants compare
as such; `between` and `last` include both ends, and `last` ends at the instant of judging.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from reparto.engine.nodes import All, Leaf, Node, Not, Window, start_of_window
from reparto.engine.shapes import Facts

ACTUAL_LIMIT: Final = 200  #: characters of a text that the trace keeps


Trace = list[Mapping[str, Any]]
Judge = Callable[[Facts, Trace], bool]
Test = Callable[[object, Any, datetime], bool]


def judge(node: Node, facts: Facts, *, at: datetime, trace: Trace | None = None) -> bool:
    """
    Whether a filter holds for a contact at an instant.

    Stops as soon as the answer is known. Each question asked on the way is added to `trace` as
    {field, op, value, actual, held}, all of it JSON.
    """
    return prepare_judge(node, at=at)(facts, [] if trace is None else trace)


def prepare_judge(node: Node, *, at: datetime) -> Judge:
    """The same for many contacts at one instant: each question is answered once for each value that it meets."""
    if isinstance(node, Leaf):
        return _asks(node, at)
    if isinstance(node, Not):
        child = prepare_judge(node.child, at=at)
        return lambda facts, trace: not child(facts, trace)
    children = tuple(prepare_judge(child, at=at) for child in node.children)
    return _settles(children, on=not isinstance(node, All))


def _settles(children: tuple[Judge, ...], *, on: bool) -> Judge:
    """All, which a false child settles, or any, which a true one does."""

    def held(facts: Facts, trace: Trace) -> bool:
        for child in children:
            if child(facts, trace) is on:
                return on
        return not on

    return held


def _asks(leaf: Leaf, at: datetime) -> Judge:
    answers: dict[object, Mapping[str, Any]] = {}
    field, test = leaf.field, _TESTS[leaf.kind, leaf.op]

    def held(facts: Facts, trace: Trace) -> bool:
        actual = facts.get(field)
        # The class too, because 1, 1.0 and True are equal keys and not the same answer.
        key = actual.__class__, actual
        answer = answers.get(key)
        if answer is None:
            answer = answers[key] = {
                "field": field,
                "op": leaf.op,
                "value": leaf.given,
                "actual": _shown(actual),
                "held": test(actual, leaf.value, at),
            }
        trace.append(answer)
        return answer["held"]  # type: ignore[no-any-return]

    return held


def _shown(actual: object) -> object:
    if isinstance(actual, str):
        return actual[:ACTUAL_LIMIT]
    if actual is None or isinstance(actual, int | float):
        return actual
    if isinstance(actual, frozenset | set):
        return sorted((_shown(value) for value in actual), key=str)
    if isinstance(actual, tuple | list):
        return [_shown(value) for value in actual]
    return actual.isoformat() if isinstance(actual, datetime) else str(actual)[:ACTUAL_LIMIT]


def _texts(actual: object) -> tuple[str, ...]:
    if isinstance(actual, str):
        return (actual,) if actual else ()
    if isinstance(actual, tuple):
        return tuple(value for value in actual if isinstance(value, str) and value)
    return ()


def _choice(actual: object) -> str | int | None:
    if isinstance(actual, str):
        return actual or None
    return actual if isinstance(actual, int) and not isinstance(actual, bool) else None


def _number(actual: object) -> int | float | None:
    return actual if isinstance(actual, int | float) and not isinstance(actual, bool) else None


def _instant(actual: object) -> datetime | None:
    return actual if isinstance(actual, datetime) and actual.tzinfo is not None else None


def _empty(actual: object, value: Any, at: datetime) -> bool:
    return actual is None or (isinstance(actual, str | tuple | frozenset) and not actual)


def _set(actual: object) -> frozenset[object]:
    return actual if isinstance(actual, frozenset) else frozenset()


def _is(actual: object, value: Any, at: datetime) -> bool:
    return value in _texts(actual)


def _contains(actual: object, value: Any, at: datetime) -> bool:
    return any(value in text for text in _texts(actual))


def _starts(actual: object, value: Any, at: datetime) -> bool:
    return any(text.startswith(value) for text in _texts(actual))


def _compares(read: Callable[[object], Any]) -> dict[str, Test]:
    """The comparisons of numbers and instants: false without a value."""
    tests: dict[str, Callable[[Any, Any], bool]] = {
        "=": lambda have, want: have == want,
        "<": lambda have, want: have < want,
        "<=": lambda have, want: have <= want,
        ">": lambda have, want: have > want,
        ">=": lambda have, want: have >= want,
        "between": lambda have, want: want[0] <= have <= want[1],
    }

    def guarded(test: Callable[[Any, Any], bool]) -> Test:
        def held(actual: object, value: Any, at: datetime) -> bool:
            have = read(actual)
            return have is not None and bool(test(have, value))

        return held

    return {op: guarded(test) for op, test in tests.items()}


def _last(actual: object, value: Window, at: datetime) -> bool:
    have = _instant(actual)
    return have is not None and start_of_window(value, at=at) <= have <= at


def _before_last(actual: object, value: Window, at: datetime) -> bool:
    have = _instant(actual)
    return have is not None and have < start_of_window(value, at=at)


_TESTS: Final[Mapping[tuple[str, str], Test]] = {
    ("text", "is"): _is,
    ("text", "is_not"): lambda actual, value, at: not _is(actual, value, at),
    ("text", "contains"): _contains,
    ("text", "starts"): _starts,
    ("text", "empty"): _empty,
    ("text", "not_empty"): lambda actual, value, at: not _empty(actual, value, at),
    ("choice", "is"): lambda actual, value, at: _choice(actual) == value,
    ("choice", "in"): lambda actual, value, at: _choice(actual) in value,
    ("choice", "not_in"): lambda actual, value, at: _choice(actual) not in value,
    ("choice", "empty"): _empty,
    ("number", "empty"): _empty,
    ("date", "empty"): _empty,
    ("date", "last"): _last,
    ("date", "before_last"): _before_last,
    ("set", "has"): lambda actual, value, at: value in _set(actual),
    ("set", "has_any"): lambda actual, value, at: not _set(actual).isdisjoint(value),
    ("set", "has_all"): lambda actual, value, at: _set(actual).issuperset(value),
    ("set", "has_none"): lambda actual, value, at: _set(actual).isdisjoint(value),
    ("set", "empty"): _empty,
    ("set", "not_empty"): lambda actual, value, at: not _empty(actual, value, at),
    **{("number", op): test for op, test in _compares(_number).items()},
    **{("date", op): test for op, test in _compares(_instant).items()},
}
