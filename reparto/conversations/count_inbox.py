"""
How many conversations wait in each view of the inbox.

It counts no further than a person can use.
"""

from django.db.models import QuerySet

from reparto.kit.ask_together import asking, counted
from reparto.kit.models import Organization
from reparto.people.actor import Actor

from .list_inbox import MOST_COUNTED, VIEWS, Inbox, filter_inbox, view_filter
from .models import Conversation


def count_inbox(
    inbox: Inbox, visible: QuerySet[Conversation], *, actor: Actor
) -> QuerySet[Organization, dict[str, int]]:
    """Return the number of conversations of each view, by all else that it asks, up to MOST_COUNTED: one row."""
    rows = filter_inbox(inbox, visible)
    return asking(**{view: counted(rows.filter(view_filter(view, actor)), most=MOST_COUNTED) for view in VIEWS})
