"""
The one statement of `change_owner`: decision, ledger, contact, assignees with their loads, and the line.

SQL only: whoever calls it holds the desk and has decided what to write.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg.types.json import Jsonb

from reparto.conversations.count_given import LOADS
from reparto.kit.live import CHANNEL, write_event
from reparto.kit.prepared import prepared_cursor
from reparto.kit.write_array import write_array

from .models import Decision


@dataclass(frozen=True, slots=True)
class Swap:
    """Who goes and who comes, as pairs of conversation and person, among a contact's open conversations."""

    talk_ids: Sequence[int]  #: all of them: each is a version older, whoever works it
    go: Sequence[tuple[int, int]] = ()
    come: Sequence[tuple[int, int]] = ()
    #: Whom limits by the hour and day count one more for, or, where it is taken back at once, one less.
    given: Sequence[tuple[int, int]] = ()
    leaves_line: bool = False  #: somebody has them now, so none of them waits


#: The parts see the tables as they were before it; what one part needs of another it reads from that part. Loads go by
#: one part only: a person may go from one conversation and come to another.
WRITE = (
    """
WITH made AS (
    INSERT INTO assignment_decision (organization_id, at, contact_id, outcome, route, owner_id, person_ids, group_ids,
        actor_id, undoes, reason, trace)
    VALUES (%(organization)s, %(at)s, %(contact)s, %(outcome)s, %(route)s, %(owner)s, %(people)s, '[]', %(actor)s,
        %(undoes)s, %(reason)s, %(trace)s)
    RETURNING id
), closed AS (
    UPDATE assignment_ownership SET until = greatest(since, %(at)s)
    WHERE organization_id = %(organization)s AND contact_id = %(contact)s AND until IS NULL
    RETURNING until
), opened AS (
    INSERT INTO assignment_ownership (organization_id, contact_id, person_id, since, decision_id)
    -- A clock behind the last entry never makes spans overlap.
    SELECT %(organization)s, %(contact)s, %(owner)s, greatest(%(at)s::timestamptz, (SELECT max(until) FROM closed), (
        SELECT max(until) FROM assignment_ownership
        WHERE organization_id = %(organization)s AND contact_id = %(contact)s
    )), id FROM made WHERE %(owner)s::bigint IS NOT NULL
), given AS (
    UPDATE contacts_contact SET owner_id = %(owner)s, version = version + 1, updated_at = %(at)s
    WHERE organization_id = %(organization)s AND id = %(contact)s
), left_line AS (
    DELETE FROM assignment_waiting
    WHERE organization_id = %(organization)s AND contact_id = %(contact)s
      AND (conversation_id IS NULL OR (%(leaves_line)s AND conversation_id = ANY(%(talks)s::bigint[])))
), gone AS (
    DELETE FROM conversations_assignee a
    USING unnest(%(go_talks)s::bigint[], %(go_people)s::bigint[]) AS g (talk, person)
    WHERE a.organization_id = %(organization)s AND a.conversation_id = g.talk AND a.person_id = g.person
    RETURNING a.person_id, a.conversation_id
), come AS (
    INSERT INTO conversations_assignee (organization_id, conversation_id, person_id, route, decision_id, since)
    SELECT %(organization)s, c.talk, c.person, %(route)s, made.id, %(at)s
    FROM made, unnest(%(come_talks)s::bigint[], %(come_people)s::bigint[]) AS c (talk, person)
    ON CONFLICT DO NOTHING RETURNING person_id, conversation_id
), efforts AS (
    SELECT id, effort FROM conversations_conversation
    WHERE organization_id = %(organization)s AND id = ANY(%(talks)s::bigint[])
), moved AS (
    SELECT g.person_id, -e.effort AS effort, 0 AS number FROM gone g JOIN efforts e ON e.id = g.conversation_id
    UNION ALL SELECT c.person_id, e.effort, 0 FROM come c JOIN efforts e ON e.id = c.conversation_id
    -- However many conversations follow it, one contact was given, as in `write_moves`.
    UNION ALL SELECT person, 0, number FROM unnest(%(given_people)s::bigint[], %(given)s::int[]) AS g (person, number)
), loads AS ("""
    + LOADS
    + """), touched AS (
    UPDATE conversations_conversation SET version = version + 1
    WHERE organization_id = %(organization)s AND id = ANY(%(talks)s::bigint[])
)
SELECT id, (
    SELECT count(*) FROM (SELECT pg_notify(%(channel)s, p) FROM unnest(%(events)s::text[]) AS p OFFSET 0) AS told
) FROM made
"""
)


def write_owner(decision: Decision, swap: Swap, *, at: datetime) -> None:
    """Store an unsaved decision about a contact with all that follows, give it its id, and announce it."""
    organization_id, contact_id = decision.organization_id, decision.contact_id
    topics = {"contacts": (contact_id,), "waiting": (), "conversations": tuple(swap.talk_ids)}
    parameters = {
        "organization": organization_id,
        "at": at,
        "contact": contact_id,
        "outcome": decision.outcome,
        "route": decision.route,
        "owner": decision.owner_id,
        "people": Jsonb(decision.person_ids),
        "actor": decision.actor_id,
        "undoes": decision.undoes,
        "reason": decision.reason,
        "trace": Jsonb(decision.trace),
        "talks": write_array(swap.talk_ids),
        "leaves_line": swap.leaves_line,
        "go_talks": write_array([talk for talk, _ in swap.go]),
        "go_people": write_array([person for _, person in swap.go]),
        "come_talks": write_array([talk for talk, _ in swap.come]),
        "come_people": write_array([person for _, person in swap.come]),
        "given_people": write_array([person for person, _ in swap.given]),
        "given": write_array([number for _, number in swap.given]),
        "channel": CHANNEL,
        "events": [write_event(organization_id, topic, ids) for topic, ids in topics.items()],
    }
    with prepared_cursor() as cursor:
        cursor.execute(WRITE, parameters)
        row = cursor.fetchone()
    if row is None:
        raise RuntimeError(f"The decision about contact {contact_id} was not stored.")
    decision.pk = row[0]
    decision._state.adding = False  # it is stored, though not by the ORM
