"""
How many conversations wait in each view of the inbox.

It counts no further than a person can use.
"""

from dataclasses import replace

from reparto.people.actor import Actor

from .list_inbox import VIEWS, Inbox, View, select_inbox
from .queries import visible_conversations

#: Counting beyond this says nothing more to a person, and costs.
MOST_COUNTED = 999


def count_inbox(inbox: Inbox, *, actor: Actor) -> dict[View, int]:
    """Return the number of conversations of each view, in the state and account of this inbox, up to MOST_COUNTED."""
    visible = visible_conversations(actor)
    return {
        view: select_inbox(replace(inbox, view=view), visible, actor=actor).order_by()[:MOST_COUNTED].count()
        for view in VIEWS
    }
