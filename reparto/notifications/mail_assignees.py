"""
Mail people the template of the rule that gave them a contact, by the outbox, in the transaction that gave it (UP-9).

Each decision mails each person once. Who is given more than `MOST_APART` by a job gets one mail of all of it instead.
Rows are written in bulk and name ids, and the rule as it was called: what else a mail says is filled in when it leaves.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings

from reparto.kit.jobs import wake
from reparto.kit.prepared import Prepared
from reparto.kit.write_array import write_array

KIND = "mail.assigned"
#: Who is given more than these at once hears of them in one notification, and in one mail (BY-36).
MOST_APART = 10
#: A mail of many waits for so long after the job's latest parcel.
SETTLED = timedelta(seconds=60)
BODY = """
jsonb_build_object('person_id', t.person, 'contact_id', t.contact, 'decision_id', t.decision,
                   'template_id', t.template, 'rule_id', t.rule,
                   'rule_name', (SELECT r.description FROM rules_rule r WHERE r.id = t.rule))
"""
ROWS = """
unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
    AS t (person, contact, decision, template, rule)
"""
APART = f"""
INSERT INTO kit_outbox (organization_id, kind, key, body, state, attempts, error, created_at, due_at)
SELECT %s, '{KIND}', t.decision || ':' || t.person, {BODY}, 'pending', 0, '', %s, %s FROM {ROWS}
ON CONFLICT DO NOTHING
"""
# While a job has given somebody few, each has its own mail; from then on there is one, which waits for the job.
OF_A_JOB = f"""
WITH given AS (
    SELECT t.*, n.id AS notice, n.number FROM {ROWS}
    JOIN notifications_notification n ON n.organization_id = %s AND n.person_id = t.person AND n.key = %s
)
INSERT INTO kit_outbox (organization_id, kind, key, body, state, attempts, error, created_at, due_at)
SELECT %s, '{KIND}', t.decision || ':' || t.person, {BODY}, 'pending', 0, '', %s, %s
FROM given t WHERE t.number <= {MOST_APART}
UNION ALL
SELECT DISTINCT %s::bigint, '{KIND}', 'job:' || t.notice,
    jsonb_build_object('person_id', t.person, 'notification_id', t.notice), 'pending', 0, '', %s::timestamptz,
    %s::timestamptz
FROM given t WHERE t.number > {MOST_APART}
ON CONFLICT (organization_id, kind, key) DO UPDATE SET due_at = EXCLUDED.due_at
WHERE kit_outbox.state = 'pending' AND kit_outbox.body ? 'notification_id'
"""
Mail = tuple[int, int, int, int, int | None]
"""Person, contact, decision, template, rule."""


def mail_assignees(cursor: Prepared, organization_id: int, mails: Sequence[Mail], *, at: datetime, key: str) -> None:
    """Write the mails; `key` names the job whose notifications are counted already, "" for none."""
    if not mails or not settings.MAILERS:
        return
    columns = [write_array(column) for column in zip(*mails, strict=True)]
    if not key:
        cursor.execute(APART, [organization_id, at, at, *columns])
    else:
        few, many = [organization_id, at, at], [organization_id, at, at + SETTLED]
        cursor.execute(OF_A_JOB, [*columns, organization_id, key, *few, *many])
    wake("send", organization_id)
