"""
Let what people did to a contact be done to it in a replay, too.

It decides nothing: only what was done by hand comes here.
"""

from collections.abc import Callable
from datetime import datetime

from .entry import Entry
from .read_entries import BECAME, CANCELLED, FOLLOWED, GIVEN, SOLD, Done


def live_on(entry: Entry, done: Done, *, span: Callable[[], int]) -> None:
    """Take up one thing that was done; `span` gives a new owner's span its number."""
    at, _, what, value = done
    if what == BECAME:
        entry.kind = str(value)
    elif what == FOLLOWED:
        entry.followed_at = max(at, entry.followed_at or at)
    elif what == SOLD and isinstance(value, datetime):
        entry.sales.append(value)
        entry.recorded_at = at
    elif what == CANCELLED and value in entry.sales:
        entry.sales = [one for one in entry.sales if one != value]
        entry.recorded_at = entry.recorded_at if entry.sales else None
    elif what == GIVEN:
        entry.give(value if isinstance(value, int) else None, at=at, span=span())
