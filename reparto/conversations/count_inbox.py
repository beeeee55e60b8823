"""
How many conversations wait in each view of the inbox.

It counts no further than a person can use.
"""

from django.db import connection
from django.db.models import QuerySet

from reparto.people.actor import Actor

from .list_inbox import VIEWS, Inbox, View, filter_inbox, view_filter
from .models import Conversation

#: Counting beyond this says nothing more to a person, and costs.
MOST_COUNTED = 999


def count_inbox(inbox: Inbox, visible: QuerySet[Conversation], *, actor: Actor) -> dict[View, int]:
    """Return the number of conversations of each view, by all else that it asks, up to MOST_COUNTED (one query)."""
    rows = filter_inbox(inbox, visible).order_by().values("pk")
    counted = [rows.filter(view_filter(view, actor))[:MOST_COUNTED].query.sql_with_params() for view in VIEWS]
    columns = ", ".join(f"(SELECT count(*) FROM ({sql}) AS counted)" for sql, _ in counted)
    with connection.cursor() as cursor:
        # Nothing in it but what the ORM wrote.
        cursor.execute(f"SELECT {columns}", [value for _, values in counted for value in values])
        row = cursor.fetchone()
    return dict(zip(VIEWS, row, strict=True))
