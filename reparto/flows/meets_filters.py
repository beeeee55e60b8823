"""
Does a contact meet a flow's filter? A filter that cannot be read any more is met by nobody.

The language is the engine's.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from reparto.contacts.queries import custom_kinds
from reparto.contacts.read_facts import read_facts
from reparto.engine import BadFilter, Facts, judge, parse_filter


def meets_filters(filters: Mapping[str, Any], contact_id: int, *, at: datetime, facts: Facts | None = None) -> bool:
    """Say whether a contact meets a filter at an instant; `facts` where the caller has read them."""
    if not filters:
        return True
    try:
        node = parse_filter(filters, custom=custom_kinds())
    except BadFilter:
        return False
    known = facts if facts is not None else read_facts([contact_id]).get(contact_id, {})
    return judge(node, known, at=at)
