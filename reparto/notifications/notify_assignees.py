"""
Tell people of what they were given, in the transaction that gave it: once a job, however much it gives.

Whoever acted is not told of their own act; an act that can be undone is told of after the undo window.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reparto.kit.live import CHANNEL, publish, write_event
from reparto.kit.prepared import prepared_cursor
from reparto.kit.write_array import write_array

from .mail_assignees import MOST_APART, Mail, mail_assignees
from .reach_out import LEAVE

UNDO_SECONDS = 8
STORE = """
INSERT INTO notifications_notification
    (organization_id, kind, created_at, shown_from, person_id, contact_id, conversation_id, decision_id)
SELECT %s, 'assigned', %s, %s, person, contact, conversation, decision
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[]) AS t (person, contact, conversation, decision)
RETURNING id, organization_id, person_id, kind, key, created_at, shown_from
"""
#: Pages hear of it in the same statement.
STORE_AND_LEAVE = f"WITH n AS ({STORE}), leave AS ({LEAVE}) SELECT pg_notify(%s, %s)"
OF_A_JOB = f"""
WITH n AS (
    -- Each parcel puts off what leaves the product, until the number stands still.
    SELECT id, organization_id, person_id, kind, key, created_at, greatest(shown_from, %s) AS shown_from
    FROM notifications_notification WHERE organization_id = %s AND key = %s AND person_id = ANY(%s::bigint[])
) {LEAVE}
"""
BEGIN = """
INSERT INTO notifications_notification (organization_id, kind, created_at, shown_from, person_id, key, number)
SELECT %s, 'assigned', %s, %s, person, %s, 0 FROM unnest(%s::bigint[]) AS person
ON CONFLICT DO NOTHING
"""
# A contact that comes twice in a job, once with its conversation, counts once. What comes after the notification was
# read makes it unread again. While a job that can be undone goes on, nobody is told of it.
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
SET number = n.number + p.came, read_at = NULL, shown_from = greatest(n.shown_from, %s),
    contact_id = CASE WHEN n.number + p.came = 1 THEN p.contact_id END
FROM (SELECT notification_id, count(*) AS came, min(contact_id) AS contact_id FROM put GROUP BY 1) AS p
WHERE n.id = p.notification_id
"""


@dataclass(frozen=True, slots=True)
class Told:
    """Who is to be told of which assignment."""

    person_ids: tuple[int, ...]
    contact_id: int
    conversation_id: int | None
    decision_id: int
    template_id: int | None = None  #: of the mail that the rule sends them
    rule_id: int | None = None


type Given = tuple[int, Told]  # who, and of what


def notify_assignees(
    organization_id: int, told: Sequence[Told], *, at: datetime, actor_id: int | None = None, key: str = ""
) -> None:
    """
    Write a notification for each person given something, but for the actor, and the mail that its rule sends.

    `key` names a job that gives in parcels (`bulk:12`): whoever it gives to has one notification, which counts up.
    Without one, whoever is given more than `MOST_APART` at once has one for the minute.
    """
    shown_from = at if actor_id is None else at + timedelta(seconds=UNDO_SECONDS)
    given = [(person, one) for one in told for person in one.person_ids if person != actor_id]
    if not given:
        return
    times = Counter(person for person, _ in given)
    apart = [pair for pair in given if not key and times[pair[0]] <= MOST_APART]
    many = [pair for pair in given if key or times[pair[0]] > MOST_APART]
    job = key or f"sitting:{at:%Y%m%d%H%M}"
    with prepared_cursor() as cursor:
        if apart:
            heard = write_event(organization_id, "notifications", tuple({person for person, _ in apart}))
            cursor.execute(STORE_AND_LEAVE, [organization_id, at, shown_from, *_columns(apart), CHANNEL, heard])
            mail_assignees(cursor, organization_id, _mails(apart), at=at, key="")
        if many:
            people = write_array(dict.fromkeys(person for person, _ in many))
            cursor.execute(BEGIN, [organization_id, at, shown_from, job, people])
            cursor.execute(COUNT_UP, [*_columns(many), organization_id, job, shown_from])
            cursor.execute(OF_A_JOB, [at, organization_id, job, people])
            mail_assignees(cursor, organization_id, _mails(many), at=at, key=job)
            publish(organization_id, "notifications", {person for person, _ in many})


def _columns(given: Sequence[Given]) -> list[str]:
    rows = [(person, one.contact_id, one.conversation_id, one.decision_id) for person, one in given]
    return [write_array(column) for column in zip(*rows, strict=True)]


def _mails(given: Sequence[Given]) -> list[Mail]:
    return [
        (person, one.contact_id, one.decision_id, one.template_id, one.rule_id)
        for person, one in given
        if one.template_id is not None
    ]
