"""
Make something wait for a decision, in the transaction that makes it wait.

It decides nothing, and keeps the place of what waits already.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True, slots=True)
class InLine:
    """A conversation that wants a decision, and the contact it is with."""

    contact_id: int
    conversation_id: int


def put_in_line(
    organization_id: int, conversations: Iterable[InLine], *, at: datetime, due_at: datetime | None = None
) -> None:
    """Put conversations in line, in their order, due at once or later; one that waits keeps its place."""
    distinct = list(dict.fromkeys(conversations))
    if not distinct:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO assignment_waiting
                (organization_id, contact_id, conversation_id, since, due_at, outcome, reason)
            SELECT %(organization)s, contact, conversation, %(at)s, %(due)s, '', ''
            FROM unnest(%(contacts)s::bigint[], %(conversations)s::bigint[])
                WITH ORDINALITY AS t (contact, conversation, n)
            ORDER BY n
            ON CONFLICT (organization_id, conversation_id) WHERE conversation_id IS NOT NULL
            DO UPDATE SET due_at = least(assignment_waiting.due_at, EXCLUDED.due_at)
            """,
            {
                "organization": organization_id,
                "at": at,
                "due": due_at or at,
                "contacts": [entry.contact_id for entry in distinct],
                "conversations": [entry.conversation_id for entry in distinct],
            },
        )
