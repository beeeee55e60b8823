"""
How many conversations wait in each view of the inbox.

It counts no further than a person can use.
"""

from reparto.kit.prepared import prepared_cursor
from reparto.people.actor import Actor

from .count_unread import MOST_COUNTED
from .list_inbox import VIEWS, Inbox, View, ask_inbox


def count_inbox(inbox: Inbox, *, actor: Actor) -> dict[View, int]:
    """Return the number of conversations of each view, by all else that it asks, up to MOST_COUNTED (one query)."""
    _, *counted = ask_inbox(inbox, actor)
    columns = ", ".join(f"(SELECT count(*) FROM ({ids} LIMIT {MOST_COUNTED}) AS counted)" for ids, _ in counted)
    with prepared_cursor() as cursor:
        # Nothing in it but what the ORM wrote.
        cursor.execute(f"SELECT {columns}", [value for _, values in counted for value in values])
        found = cursor.fetchone() or ()
    return dict(zip(VIEWS, found, strict=True))
