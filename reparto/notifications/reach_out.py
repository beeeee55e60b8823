"""
Let notifications leave the product: a row of the outbox for each browser, and for a mail, that whoever is told wants.

One statement for all, in the transaction that tells, so that no message is without its notification. Whether it is a
quiet hour, and whether it was read meanwhile, is asked when it leaves.
"""

from collections.abc import Sequence
from datetime import timedelta

from reparto.kit.prepared import prepared_cursor
from reparto.kit.write_array import write_array

PUSH, MAIL = "push.notice", "mail.notice"
#: A job that gives in parcels is told of outside once its count stands still.
SETTLED = timedelta(seconds=60)
#: What follows a source `n` of notifications.
LEAVE = f"""
INSERT INTO kit_outbox (organization_id, kind, key, body, state, attempts, error, created_at, due_at)
SELECT n.organization_id, '{PUSH}', n.id || ':' || s.id,
    jsonb_build_object('notification_id', n.id, 'subscription_id', s.id), 'pending', 0, '', n.created_at,
    n.shown_from + CASE WHEN n.key = '' THEN interval '0' ELSE interval '{SETTLED.seconds} seconds' END
FROM n
JOIN notifications_pushsubscription s ON s.organization_id = n.organization_id AND s.person_id = n.person_id
LEFT JOIN notifications_notificationchoices c ON c.organization_id = n.organization_id AND c.person_id = n.person_id
WHERE coalesce(c.push ? n.kind OR NOT c.known ? n.kind, true)
UNION ALL
SELECT n.organization_id, '{MAIL}', n.id::text, jsonb_build_object('notification_id', n.id), 'pending', 0, '',
    n.created_at, n.shown_from + CASE WHEN n.key = '' THEN interval '0' ELSE interval '{SETTLED.seconds} seconds' END
FROM n
JOIN notifications_notificationchoices c ON c.organization_id = n.organization_id AND c.person_id = n.person_id
WHERE c.mail ? n.kind
ON CONFLICT (organization_id, kind, key) DO UPDATE SET due_at = EXCLUDED.due_at
WHERE kit_outbox.state = 'pending' AND kit_outbox.due_at < EXCLUDED.due_at
"""
STORED = f"WITH n AS (SELECT * FROM notifications_notification WHERE id = ANY(%s::bigint[])) {LEAVE}"


def reach_out(notification_ids: Sequence[int]) -> None:
    """Let these leave for whoever wants them outside; the worker's next look finds the rows."""
    with prepared_cursor() as cursor:
        cursor.execute(STORED, [write_array(notification_ids)])
