"""
Which of the questions that a filter asked settled its answer: the others explain nothing. Pure.

It judges nothing: the answers are those that the judge wrote down.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from reparto.engine.filters import parse_filter
from reparto.engine.nodes import All, Leaf, Node, Not
from reparto.engine.shapes import Filter


class Settling(NamedTuple):
    """An answer on which the whole one hung."""

    answer: Mapping[str, Any]  #: {field, op, value, actual, held}
    denied: bool  #: below a *not*: the filter wanted it not to hold


def find_settling(filters: Filter, trace: Iterable[Mapping[str, Any]]) -> tuple[Settling, ...]:
    """
    Return the answers that settled a filter, from the trace that `judge` made of it.

    Of `all` that failed it is the part that failed, of `any` that held the part that held; else each part counts.
    """
    return tuple(_walk(parse_filter(filters), iter(trace), denied=False)[1])


def _walk(node: Node, answers: Iterator[Mapping[str, Any]], *, denied: bool) -> tuple[bool, list[Settling]]:
    """Whether a node held, and by what; it takes the answers in the order in which the judge asked."""
    if isinstance(node, Leaf):
        answer = next(answers)
        return answer["held"], [Settling(answer, denied)]
    if isinstance(node, Not):
        held, settling = _walk(node.child, answers, denied=not denied)
        return not held, settling
    on, settling = not isinstance(node, All), []
    for child in node.children:
        held, by = _walk(child, answers, denied=denied)
        if held is on:
            return on, by
        settling += by
    return not on, settling
