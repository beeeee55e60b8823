"""
When people answered whom, and what contacts had open: for whoever lives a time again.

It changes nothing; whoever asks has entered the organization.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from reparto.engine import Channel
from reparto.kit.write_array import write_array

from .restate_follow_ups import ANSWERED

#: In the time; and of contacts whose last answer before it is asked for, that one.
ANSWERS = f"""
SELECT v.contact_id, m.created_at FROM conversations_message m
JOIN conversations_conversation v ON v.id = m.conversation_id
WHERE m.created_at >= %(since)s AND m.created_at < %(until)s AND {ANSWERED}
"""
LAST = f"""
SELECT v.contact_id, max(m.created_at) FROM conversations_conversation v
JOIN conversations_message m ON m.conversation_id = v.id
WHERE v.contact_id = ANY(%(contacts)s::bigint[]) AND m.created_at < %(since)s AND {ANSWERED}
GROUP BY v.contact_id
"""
CLOSED = """
SELECT contact_id, closed_at FROM conversations_conversation WHERE closed_at >= %(since)s AND closed_at < %(until)s
"""
OPEN = """
SELECT v.contact_id, v.account_id, a.kind, v.effort FROM conversations_conversation v
JOIN channels_account a ON a.id = v.account_id
WHERE v.contact_id = ANY(%(contacts)s::bigint[]) AND v.opened_at <= %(at)s
  AND (v.closed_at IS NULL OR v.closed_at > %(at)s)
ORDER BY v.id
"""


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation that was open at an instant."""

    contact_id: int
    account_id: int
    channel: Channel
    effort: int


def read_answers(since: datetime, until: datetime) -> list[tuple[int, datetime]]:
    """Return (contact, instant) of what people answered from an instant to before another (one query)."""
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, {"since": since, "until": until})
        return list(cursor.fetchall())


def read_last_answers(contact_ids: Collection[int], *, before: datetime) -> dict[int, datetime]:
    """Return when these contacts were answered last before an instant (one query)."""
    with connection.cursor() as cursor:
        cursor.execute(LAST, {"contacts": write_array(contact_ids), "since": before})
        return dict(cursor.fetchall())


def read_closed(since: datetime, until: datetime) -> list[tuple[int, datetime]]:
    """Return (contact, instant) of each conversation that was closed in a time and is closed (one query)."""
    with connection.cursor() as cursor:
        cursor.execute(CLOSED, {"since": since, "until": until})
        return list(cursor.fetchall())


def read_opened(contact_ids: Collection[int], *, at: datetime) -> list[Opened]:
    """Return what these contacts had open at an instant (one query); one that was reopened was open all along."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN, {"contacts": write_array(contact_ids), "at": at})
        return [Opened(*row) for row in cursor.fetchall()]
