"""
Tell people of what they were given, in the transaction that gave it: once a job, however much it gives.

Whoever acted is not told of their own act; an act that can be undone is told of after the undo window.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reparto.kit.live import publish
from reparto.kit.prepared import Prepared, prepared_cursor
from reparto.kit.write_array import write_array

UNDO_SECONDS = 8
#: Who is given more than these at once hears of them in one notification (BY-36).
MOST_APART = 10
STORE = """
INSERT INTO notifications_notification
    (organization_id, kind, created_at, shown_from, person_id, contact_id, conversation_id, decision_id)
SELECT %s, 'assigned', %s, %s, person, contact, conversation, decision
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[]) AS t (person, contact, conversation, decision)
"""
BEGIN = """
INSERT INTO notifications_notification (organization_id, kind, created_at, shown_from, person_id, key, number)
SELECT %s, 'assigned', %s, %s, person, %s, 0 FROM unnest(%s::bigint[]) AS person
ON CONFLICT DO NOTHING
"""
# A contact that comes twice in a job, once with its conversation, counts once. What comes after the notification was
# read makes it unread again.
COUNT_UP = """
WITH put AS (
    INSERT INTO notifications_notificationcontact (organization_id, notification_id, contact_id, decision_id)
    SELECT n.organization_id, n.id, contact, decision
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[]) AS t (person, contact, conversation, decision)
    JOIN notifications_notification n ON n.organization_id = %s AND n.person_id = t.person AND n.key = %s
    ON CONFLICT DO NOTHING
    RETURNING notification_id, contact_id
)
UPDATE notifications_notification n
SET number = n.number + p.came, read_at = NULL, contact_id = CASE WHEN n.number + p.came = 1 THEN p.contact_id END
FROM (SELECT notification_id, count(*) AS came, min(contact_id) AS contact_id FROM put GROUP BY 1) AS p
WHERE n.id = p.notification_id
"""
Row = tuple[int, int, int | None, int]
"""Person, contact, conversation, decision."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who is to be told of which assignment."""

    person_ids: tuple[int, ...]
    contact_id: int
    conversation_id: int | None
    decision_id: int


def notify_assignees(
    organization_id: int, told: Sequence[Told], *, at: datetime, actor_id: int | None = None, key: str = ""
) -> None:
    """
    Write a notification for each person given something, but for the actor.

    `key` names a job that gives in parcels (`bulk:12`): whoever it gives to has one notification, which counts up.
    Without one, whoever is given more than `MOST_APART` at once has one for the minute.
    """
    shown_from = at if actor_id is None else at + timedelta(seconds=UNDO_SECONDS)
    rows: list[Row] = [
        (person, one.contact_id, one.conversation_id, one.decision_id)
        for one in told
        for person in one.person_ids
        if person != actor_id
    ]
    if not rows:
        return
    times = Counter(person for person, *_ in rows)
    many = [row for row in rows if key or times[row[0]] > MOST_APART]
    apart = [row for row in rows if not key and times[row[0]] <= MOST_APART]
    with prepared_cursor() as cursor:
        if apart:
            cursor.execute(STORE, [organization_id, at, shown_from, *_columns(apart)])
        if many:
            _gather(cursor, many, [organization_id, at, shown_from, key or f"sitting:{at:%Y%m%d%H%M}"])
    publish(organization_id, "notifications", times)


def _gather(cursor: Prepared, rows: Sequence[Row], notice: list[object]) -> None:
    """Begin the notification of each person, unless the job has begun it, and count what came."""
    people = write_array(dict.fromkeys(person for person, *_ in rows))
    cursor.execute(BEGIN, [*notice, people])
    organization_id, *_, key = notice
    cursor.execute(COUNT_UP, [*_columns(rows), organization_id, key])


def _columns(rows: Sequence[Row]) -> list[str]:
    return [write_array(column) for column in zip(*rows, strict=True)]
