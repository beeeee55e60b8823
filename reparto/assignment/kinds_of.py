"""
Of which rows the timeline of a contact is made: edits, decisions, follow-ups, sales, what was said, and who closed, put
off or reopened a conversation.

It reads none of them; whoever asks names the conversations that the actor may see.
"""

from collections.abc import Sequence

from reparto.contacts.queries import follow_ups_of
from reparto.contacts.sales_of import sales_of
from reparto.conversations.queries import latest_messages
from reparto.conversations.record_status import ACTION
from reparto.kit.read_audit import read_audit
from reparto.kit.read_kinds import Kind

from .queries import decisions_about


def kinds_of(contact_id: int, *, one: Sequence[int], talks: Sequence[int]) -> tuple[Kind, ...]:
    """Return the kinds in this order; `one`: the ids of all that became the contact, `talks`: those to be shown."""
    return (
        Kind(read_audit("contact", one), "at"),
        Kind(decisions_about(one), "at"),
        Kind(follow_ups_of(contact_id), "at"),
        Kind(sales_of(contact_id), "at"),
        Kind(latest_messages(talks), "sent_at"),
        Kind(read_audit("conversation", talks).filter(action=ACTION), "at"),
    )
