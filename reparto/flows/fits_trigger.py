"""
Does something that happened begin a flow? Pure.

A keyword is a word, or several in a row, among the words that were said; accents, case and signs are ignored.
"""

import re
from collections.abc import Mapping
from typing import Any

from reparto.engine import fold

from .happened import Happened

_WORD = re.compile(r"\w+")


def fits_trigger(trigger: Mapping[str, Any], happened: Happened) -> bool:
    """Say whether a flow's trigger speaks of what happened; filters are asked elsewhere."""
    if trigger["kind"] != happened.kind:
        return False
    if trigger["account_ids"] and happened.account_id not in trigger["account_ids"]:
        return False
    if happened.kind == "keyword":
        return any(says(happened.text, word) for word in trigger["keywords"])
    return happened.kind != "tag_added" or fold(trigger["tag"]) == happened.tag


def says(text: str, keyword: str) -> bool:
    """Say whether a text has the words of a keyword in a row."""
    said, wanted = _WORD.findall(fold(text)), _WORD.findall(fold(keyword))
    if not wanted:
        return False
    return any(said[place : place + len(wanted)] == wanted for place in range(len(said) - len(wanted) + 1))
