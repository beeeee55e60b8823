"""
Read a filter that somebody wrote, with the company's own fields known: every fault at once, in their language.

How the language is read is the engine's.
"""

from typing import Any

from django.utils.translation import gettext

from reparto.engine import FAULT_SENTENCES, BadFilter, Node, parse_filter
from reparto.kit.faults import Faults

from .queries import custom_kinds


def read_filter(raw: Any, *, path: str, faults: Faults) -> Node | None:
    """Return the filter as nodes; None when something is wrong with it, which then is in `faults`."""
    try:
        return parse_filter(raw, custom=custom_kinds())
    except BadFilter as bad:
        for fault in bad.faults:
            where = ".".join(part for part in (path, fault.path) if part)
            faults.add(where, fault.code, gettext(FAULT_SENTENCES[fault.code]).format(**fault.params))
        return None
