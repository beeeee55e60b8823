"""
Contacts that a sweep found, looked at again under the lock: by which rules they are late, and who missed them already.

One query however many they are. `late_contacts` finds by the same law; nothing is changed here.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reparto.engine import Carried, WorkItem
from reparto.kit.clock import TOO_FAR
from reparto.kit.prepared import prepared_cursor
from reparto.kit.write_array import write_array

from .carry_along import ALONG
from .is_late import Touched, is_late, rests
from .read_limits import Limit
from .read_line import DECISION

#: Whoever changes or follows up a contact just now has its row; it is left for the next sweep. A row that is taken here
#: lets nobody add a follow-up or a sale until what is decided of it has been committed.
TAKE = """
SELECT id FROM contacts_contact
WHERE organization_id = %(organization)s AND id = ANY(%(contacts)s::bigint[]) AND merged_into_id IS NULL
ORDER BY id FOR UPDATE SKIP LOCKED
"""
#: By a statement of its own, so that it sees what was committed before the rows were taken.
LATE = f"""
SELECT w.id, c.owner_id, c.campaign_id, c.kind, c.created_at, c.last_follow_up_at, o.since, coalesce(o.decision_id, 0),
       s.at, r.number, r.missed,
       coalesce(r.next_try_at > %(at)s AND r.next_try_at <= %(too_far)s, false), t.along, {DECISION},
       coalesce(r.state = 'ended', false), r.rests_for
FROM unnest(%(contacts)s::bigint[]) AS w (id)
-- LIMIT keeps the planner from joining whole tables while it does not know yet how long they have become.
CROSS JOIN LATERAL (
    SELECT x.owner_id, x.campaign_id, x.kind, x.created_at, x.last_follow_up_at FROM contacts_contact x
    WHERE x.organization_id = %(organization)s AND x.id = w.id LIMIT 1
) c
LEFT JOIN LATERAL (
    SELECT x.since, x.decision_id FROM assignment_ownership x
    WHERE x.organization_id = %(organization)s AND x.contact_id = w.id AND x.until IS NULL LIMIT 1
) o ON true
LEFT JOIN LATERAL (
    SELECT x.at, x.recorded_at FROM contacts_sale x
    WHERE x.organization_id = %(organization)s AND x.contact_id = w.id AND x.cancelled_at IS NULL
    ORDER BY x.at DESC LIMIT 1
) s ON true
-- What the round says holds until somebody acts: follows it up, sells, or gives it to somebody.
LEFT JOIN LATERAL (
    SELECT x.number, x.missed, x.state, x.next_try_at, x.rests_for FROM assignment_round x
    WHERE x.organization_id = %(organization)s AND x.contact_id = w.id
      AND x.held_decision_id = coalesce(o.decision_id, 0)
      AND (c.last_follow_up_at IS NULL OR c.last_follow_up_at < x.at)
      AND NOT EXISTS (SELECT FROM contacts_sale y
                      WHERE y.organization_id = %(organization)s AND y.contact_id = w.id AND y.cancelled_at IS NULL
                        AND y.recorded_at >= x.at)
    LIMIT 1
) r ON true
CROSS JOIN LATERAL (
    -- Account, channel, effort, people, as `engine.Carried` has them.
    SELECT jsonb_agg(CASE WHEN v.status = 'snoozed' AND v.snoozed_until IS NOT NULL
                          THEN jsonb_build_array(v.account_id, NULL, 0, v.people)
                          ELSE jsonb_build_array(v.account_id, a.kind, v.effort, v.people) END ORDER BY v.id) AS along
    FROM ({ALONG.format(contact="w.id", owner="c.owner_id")}) v
    JOIN channels_account a ON a.organization_id = %(organization)s AND a.id = v.account_id
) t
ORDER BY w.id
"""


@dataclass(frozen=True, slots=True)
class Late:
    """A contact that at least one rule is for, and its round so far."""

    item: WorkItem
    decision_id: int  #: for the decision that will be made of it
    held_decision_id: int  #: began its owner's span; 0: nobody has it
    number: int = 1
    missed_ids: tuple[int, ...] = ()
    had_ended: bool = False  #: it waits for a supervisor, who knows of it


def take_late(
    organization_id: int, contact_ids: Iterable[int], limits: Sequence[Limit], *, at: datetime
) -> tuple[Late, ...]:
    """Take the rows of these contacts and return those that are still late; the others stay as they are."""
    asked: dict[str, Any] = {"organization": organization_id, "contacts": write_array(contact_ids)}
    asked |= {"at": at, "too_far": at + TOO_FAR}
    with prepared_cursor() as cursor:
        cursor.execute(TAKE, asked)
        asked["contacts"] = write_array([row[0] for row in cursor.fetchall()])
        cursor.execute(LATE, asked)
        rows = cursor.fetchall()
    found = (_late(row, limits) for row in rows if not row[11])
    return tuple(one for one in found if one is not None)


def _late(row: tuple[Any, ...], limits: Sequence[Limit]) -> Late | None:
    touched = Touched(row[1], created_at=row[4], followed_up_at=row[5], owned_since=row[6], sold_at=row[8])
    due = [one for one in limits if one.rule.entity == row[3] and is_late(one, touched)]
    if all(rests(one, json.loads(row[15] or "{}")) for one in due):
        return None
    missed = tuple(json.loads(row[10] or "[]"))
    item = WorkItem(
        id=-row[0],  # it has no place in line
        contact_id=row[0],
        owner_id=row[1],
        campaign_id=row[2],
        entity=row[3],
        due_rule_ids=tuple(one.rule.id for one in due),
        missed_ids=missed,
        round_number=row[9] or 1,
        carried=tuple(
            Carried(account, channel, effort, tuple(people or ()))
            for account, channel, effort, people in json.loads(row[12] or "[]")
        ),
    )
    return Late(
        item, decision_id=row[13], held_decision_id=row[7], number=row[9] or 1, missed_ids=missed, had_ended=row[14]
    )
