"""
What waits at the desk, oldest first, with all that routes need to know of it, in one query however much waits.

It decides nothing.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from reparto.engine import Nomination, Portfolio, WorkItem

#: What is asked of each item. Whoever writes arrives by themself, also a contact that was once typed in.
WHAT_ROUTES_ASK = """
SELECT w.id, w.contact_id, w.conversation_id, w.outcome, w.reason, w.nomination,
       c.owner_id, c.campaign_id, c.kind, c.arrived_by_itself OR v.id IS NOT NULL, v.account_id, a.kind, v.status,
       -- Apart, for each has an index of its own; together they would be looked for among all that a person has.
       (SELECT array_agg(x.person_id ORDER BY x.id) FROM conversations_assignee x
        WHERE x.organization_id = %(organization)s AND x.conversation_id = w.conversation_id
          AND x.person_id IS NOT NULL),
       (SELECT array_agg(x.group_id ORDER BY x.id) FROM conversations_assignee x
        WHERE x.organization_id = %(organization)s AND x.conversation_id = w.conversation_id
          AND x.group_id IS NOT NULL),
       d.people, f.primary_id, f.backup_id, f.supervisor_id, {decision}, coalesce(v.effort, 1),
       w.tried_key
FROM due w
-- LIMIT keeps the planner from joining whole tables while it does not know yet how long they have become.
CROSS JOIN LATERAL (
    SELECT x.owner_id, x.campaign_id, x.kind, x.arrived_by_itself FROM contacts_contact x
    WHERE x.organization_id = %(organization)s AND x.id = w.contact_id LIMIT 1
) c
LEFT JOIN LATERAL (
    SELECT x.id, x.account_id, x.status, x.effort FROM conversations_conversation x
    WHERE x.organization_id = %(organization)s AND x.id = w.conversation_id LIMIT 1
) v ON true
LEFT JOIN channels_account a ON a.organization_id = %(organization)s AND a.id = v.account_id
LEFT JOIN LATERAL (
    SELECT array_agg(x.person_id ORDER BY x.id) AS people
    FROM contacts_defaultassignee x WHERE x.organization_id = %(organization)s AND x.contact_id = w.contact_id
) d ON true
LEFT JOIN LATERAL (
    SELECT y.primary_id, y.backup_id, y.supervisor_id
    FROM contacts_address x
    JOIN portfolio_directassignment y ON y.organization_id = %(organization)s AND y.account_id = v.account_id
         AND y.kind = x.kind AND y.key = x.key
    WHERE x.organization_id = %(organization)s AND x.contact_id = w.contact_id ORDER BY y.id LIMIT 1
) f ON true
ORDER BY w.since, w.id
"""
#: A decision's id is drawn here, so that what refers to it can be written in the same round trip. The sequence by its
#: name: to ask the catalogue which one it is costs more than the rest of a row.
DECISION = "nextval('assignment_decision_id_seq')"
LINE = """
WITH due AS MATERIALIZED (
    SELECT id, contact_id, conversation_id, since, outcome, reason, nomination, tried_key
    FROM assignment_waiting WHERE due_at <= %(at)s OR due_at > %(too_far)s ORDER BY since, id LIMIT %(limit)s
)
""" + WHAT_ROUTES_ASK.format(decision=DECISION)


@dataclass(frozen=True, slots=True)
class Waits:
    """One item in line: as the engine sees it, and what was said of it the last time."""

    item: WorkItem
    decision_id: int  #: for the decision that will be made of it
    outcome: str
    reason: str
    closed: bool  #: the conversation was closed meanwhile: nothing to decide
    tried_key: str = ""  #: what the last try said of it, in short


def read_line(rows: Iterable[tuple[Any, ...]]) -> list[Waits]:
    """Return what the answer to `LINE` (organization, at, too_far, limit) says: what is due, oldest first."""
    return [_waits(row) for row in rows]


def _waits(row: tuple[Any, ...]) -> Waits:
    item = WorkItem(
        id=row[0],
        contact_id=row[1],
        conversation_id=row[2],
        nomination=_nomination(row[5]),
        owner_id=row[6],
        campaign_id=row[7],
        entity=row[8],
        arrived_by_itself=row[9],
        account_id=row[10],
        channel=row[11],
        effort=row[20],
        assignee_ids=tuple(row[13] or ()),
        assignee_group_ids=tuple(row[14] or ()),
        default_assignee_ids=tuple(row[15] or ()),
        portfolio=Portfolio(row[16], row[17], row[18]) if row[16] else None,
    )
    closed, tried_key = row[12] == "closed", row[21]
    return Waits(item, decision_id=row[19], outcome=row[3], reason=row[4], closed=closed, tried_key=tried_key)


def _nomination(written: str | None) -> Nomination | None:
    if not written:
        return None
    stored = json.loads(written)
    people, groups = tuple(stored.get("person_ids", ())), tuple(stored.get("group_ids", ()))
    return Nomination(stored["flow_id"], people, groups, flow_name=stored.get("flow_name", ""))
