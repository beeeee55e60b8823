"""
What was done about all contacts until an instant, and during a time: for whoever lives that time again.

It changes nothing; whoever asks has entered the organization. When a follow-up was written down is not kept: it counts
from when it was made.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

#: What became another contact is there until then; what it is now, prospect or client, it was unless an edit says so.
CONTACTS = """
SELECT c.id, c.kind, c.campaign_id, c.created_at, m.at,
       CASE WHEN c.last_follow_up_at < %(since)s THEN c.last_follow_up_at ELSE (
           SELECT max(f.at) FROM contacts_followup f WHERE f.contact_id = c.id AND f.at < %(since)s
       ) END, c.last_follow_up_at >= %(since)s
FROM contacts_contact c
LEFT JOIN contacts_merge m ON m.merged_id = c.id AND m.undone_at IS NULL
WHERE c.created_at < %(until)s AND (c.merged_into_id IS NULL OR m.at > %(since)s)
ORDER BY c.id
"""
FOLLOW_UPS = "SELECT contact_id, at FROM contacts_followup WHERE at >= %(since)s AND at < %(until)s"
SALES = "SELECT contact_id, at, recorded_at, cancelled_at FROM contacts_sale WHERE recorded_at < %(until)s"
#: By the contact, for which entries have an index.
KINDS = """
SELECT e.object_id, e.at, e.before ->> 'kind', e.after ->> 'kind' FROM kit_auditentry e
WHERE e.object_kind = 'contact' AND e.at >= %(since)s AND e.after ? 'kind' AND e.before ? 'kind'
  AND e.before ->> 'kind' <> e.after ->> 'kind'
ORDER BY e.id
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A contact as it is, and when it was followed up last before the time."""

    id: int
    kind: str
    campaign_id: int | None
    created_at: datetime
    merged_at: datetime | None
    followed_at: datetime | None
    followed_since: bool  #: it may have been answered before the time, too: its last follow-up is a later one


@dataclass(frozen=True, slots=True)
class Sold:
    """A sale."""

    contact_id: int
    at: datetime
    recorded_at: datetime
    cancelled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Became:
    """An edit that made a prospect a client, or the reverse."""

    contact_id: int
    at: datetime
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Touches:
    """All that was done."""

    contacts: list[Known]
    follow_ups: list[tuple[int, datetime]]
    sales: list[Sold]
    kinds: list[Became]


def read_touches(since: datetime, until: datetime) -> Touches:
    """Return what was done from an instant to before another, and how contacts stood before (four queries)."""
    asked = {"since": since, "until": until}
    found = []
    with connection.cursor() as cursor:
        for question in (CONTACTS, FOLLOW_UPS, SALES, KINDS):
            cursor.execute(question, asked)
            found.append(cursor.fetchall())
    contacts, follow_ups, sales, kinds = found
    return Touches(
        [Known(*row) for row in contacts],
        follow_ups,
        [Sold(*row) for row in sales],
        [Became(*row) for row in kinds],
    )
