"""
Read names of tags: tidied, without doubles, accents and case ignored.

It makes no tag.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from reparto.engine import fold
from reparto.kit.faults import Faults
from reparto.kit.read_text import read_line

NAME_LIMIT = 100
MOST_TAGS = 50


def read_tags(raw: Any, *, path: str, faults: Faults) -> list[str]:
    """Return the names as they were first written; what is wrong with them goes to `faults`."""
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        faults.add(path, "not_a_list", gettext("Write a list."))
        return []
    if len(raw) > MOST_TAGS:
        faults.add(path, "too_many", gettext("At most %(limit)d tags.") % {"limit": MOST_TAGS})
        return []
    names = [
        read_line(name, path=f"{path}[{place}]", limit=NAME_LIMIT, faults=faults) for place, name in enumerate(raw)
    ]
    once: dict[str, str] = {}
    for name in names:
        once.setdefault(fold(name), name)
    return list(once.values())
