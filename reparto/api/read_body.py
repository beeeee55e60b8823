"""
Read JSON and query strings, refusing what Python or PostgreSQL would choke on and what has two readings.

It knows no endpoint; shapes say which fields there are.
"""

import json
import math
from collections.abc import Iterator
from typing import Any, NoReturn, cast

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from ninja.parser import Parser

from reparto.kit.faults import Fault, Faults, Invalid

MAX_DEPTH = 50


class NotJson(ValueError):
    """The body is not JSON that has one reading."""


class Reader(Parser):
    """JSON bodies and query strings, read strictly."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """
        Return the body.

        Raises:
            NotJson: It is none, a name stands in it twice, or a number has no value.
            Invalid: A text in it cannot be stored, or it is nested too deep.

        """
        parsed = _parse(request.body)
        _check(parsed)
        return cast("dict[str, Any]", parsed)

    def parse_querydict(
        self, data: MultiValueDict[str, str], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """Return the parameters. Raises Invalid when one stands there twice or cannot be stored."""
        faults = Faults()
        for name in data:
            if len(data.getlist(name)) > 1:
                faults.add(name, "doubled", gettext("This stands there twice."))
            elif not _storable(data.getlist(name)[0]):
                faults.add(name, "bad_text", gettext("This text has characters that cannot be stored."))
        faults.check()
        return {name: data[name] for name in data}


def read_json(text: str, *, path: str) -> Any:
    """Return JSON that stands in a text. Raises Invalid, with the place of the text, when it is none."""
    try:
        parsed = _parse(text)
    except NotJson:
        raise Invalid((Fault(path, "not_json", gettext("This is not JSON.")),)) from None
    _check(parsed)
    return parsed


def _parse(text: str | bytes) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise NotJson(str(error)) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotJson("A name stands in an object twice.")
    return found


def _no_constant(name: str) -> NoReturn:
    raise NotJson(f"{name} is no number.")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise NotJson("A number is too large.")
    return number


def _check(parsed: Any) -> None:
    faults = Faults()
    for path, depth, value in _walk(parsed):
        if depth > MAX_DEPTH:
            raise Invalid((Fault("", "too_deep", gettext("This is nested too deep.")),))
        if isinstance(value, str) and not _storable(value):
            faults.add(path, "bad_text", gettext("This text has characters that cannot be stored."))
    faults.check()


def _walk(parsed: Any) -> Iterator[tuple[str, int, Any]]:
    """Every value with its path and depth; names of objects count as texts."""
    pending: list[tuple[str, int, Any]] = [("", 0, parsed)]
    while pending:
        path, depth, value = pending.pop()
        yield path, depth, value
        if depth > MAX_DEPTH:
            return
        if isinstance(value, dict):
            for name, inner in value.items():
                yield path, depth, name
                pending.append((f"{path}.{name}" if path else name, depth + 1, inner))
        elif isinstance(value, list):
            pending += [(f"{path}[{place}]", depth + 1, inner) for place, inner in enumerate(value)]


def _storable(text: str) -> bool:
    """NUL and halves of surrogate pairs have no place in PostgreSQL's UTF-8."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
