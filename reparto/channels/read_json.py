"""
Read JSON from strangers into values that can be stored. Pure, and never surprised: one error for all that can go wrong.

Does not judge what the JSON means, and does not limit the size of the whole: the hook does that.
"""

import json
import math
from typing import Any

from reparto.channels.clean_text import clean_text

MAX_DEPTH = 50
MAX_INTEGER_DIGITS = 18


class NotJson(Exception):
    """The bytes are no JSON at all; `code` says `bad_json` or `too_deep`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_json(raw: bytes) -> Any:
    """
    Parse JSON; numbers that Python or PostgreSQL cannot hold stay text.

    Bytes that are not UTF-8 become lone surrogates (U+DC80 to U+DCFF), so that only the
    item that holds them is spoiled; `find_flaw` recognises them.

    Raises:
        NotJson: Malformed, or nested so deeply that it cannot be read.

    """
    try:
        return _DECODER.decode(raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape").strip())
    except RecursionError:
        raise NotJson("too_deep") from None
    except ValueError:
        raise NotJson("bad_json") from None


def find_flaw(value: Any) -> str | None:
    """Say why a value must not be stored: `too_deep`, `bad_utf8`; None when it may, after `clean_json`."""
    level = [value]
    for _ in range(MAX_DEPTH):
        if any(_mangled(text) for node in level for text in _texts(node)):
            return "bad_utf8"
        level = [child for node in level for child in _children(node)]
        if not level:
            return None
    return "too_deep"


def clean_json(value: Any, *, depth: int = MAX_DEPTH, length: int | None = None) -> Any:
    """Copy a value so that PostgreSQL stores it: no NUL, no lone surrogate, nothing below `depth` or over `length`."""
    if isinstance(value, str):
        return clean_text(value[:length])
    if depth <= 0 and isinstance(value, dict | list):
        return "…"
    if isinstance(value, dict):
        pairs = list(value.items())[:length]
        return {clean_text(key[:length]): clean_json(item, depth=depth - 1, length=length) for key, item in pairs}
    if isinstance(value, list):
        return [clean_json(item, depth=depth - 1, length=length) for item in value[:length]]
    return value


def _mangled(text: str) -> bool:
    return not text.isascii() and any("\udc80" <= character <= "\udcff" for character in text)


def _texts(node: Any) -> list[str]:
    if isinstance(node, str):
        return [node]
    return list(node) if isinstance(node, dict) else []


def _children(node: Any) -> list[Any]:
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else []


def _integer(text: str) -> int | str:
    return int(text) if len(text) <= MAX_INTEGER_DIGITS else text


def _real(text: str) -> float | str:
    number = float(text)
    return number if math.isfinite(number) else text


_DECODER = json.JSONDecoder(parse_int=_integer, parse_float=_real, parse_constant=str)
