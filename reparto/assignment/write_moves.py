"""
The statements of a sweep's parcel: decisions, owners with their spans, conversations with their loads, the line and the
news in one; and the rounds.

SQL only: whoever calls it holds the desk and the contacts' rows, and has decided what to write.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from psycopg.types.json import Jsonb

from reparto.conversations.count_given import LOADS
from reparto.kit.write_array import write_array

from .carry_along import ALONG
from .take_snapshot import Taken
from .write_decisions import DECIDED, TELL, Made, Order, decided, news


@dataclass(frozen=True, slots=True)
class Turn:
    """How the round of a contact stands now."""

    contact_id: int
    number: int
    missed_ids: tuple[int, ...]
    rule_id: int
    held_decision_id: int
    state: str
    next_try_at: datetime | None = None
    rests_for: Mapping[int, Sequence[str]] = field(default_factory=dict)


#: The parts see the tables as they were before it; what one part needs of another it reads from that part. As by hand,
#: the former owner leaves the open conversations and the new one comes, also where nobody was; others stay.
MOVE = f"""
WITH {DECIDED}, new AS MATERIALIZED (
    SELECT * FROM unnest(%(contacts)s::bigint[], %(formers)s::bigint[], %(owners)s::bigint[], %(ids)s::bigint[])
        AS t (contact, former, owner, decision)
), closed AS (
    UPDATE assignment_ownership SET until = greatest(since, %(at)s)
    WHERE organization_id = %(organization)s AND contact_id = ANY(%(contacts)s::bigint[]) AND until IS NULL
    RETURNING 1
), opened AS (
    INSERT INTO assignment_ownership (organization_id, contact_id, person_id, since, decision_id)
    -- A clock behind the last entry never makes spans overlap; an open one ends no sooner than it began.
    SELECT %(organization)s, n.contact, n.owner, greatest(%(at)s::timestamptz, (
        SELECT max(coalesce(o.until, o.since)) FROM assignment_ownership o
        WHERE o.organization_id = %(organization)s AND o.contact_id = n.contact
    )), n.decision
    -- Counting them lets all be closed before one is opened.
    FROM (SELECT count(*) FROM closed) AS first, new n
), given AS (
    -- Not joined, as when owners are given to what waits.
    UPDATE contacts_contact c SET version = version + 1, updated_at = %(at)s,
        owner_id = (%(owners)s::bigint[])[array_position(%(contacts)s::bigint[], c.id)]
    WHERE c.organization_id = %(organization)s AND c.id = ANY(%(contacts)s::bigint[])
), talks AS MATERIALIZED (
    SELECT v.id, v.effort, v.had, n.former, n.owner, n.decision FROM new n
    CROSS JOIN LATERAL ({ALONG.format(contact="n.contact", owner="n.former")}) v
), gone AS (
    DELETE FROM conversations_assignee a USING talks t
    WHERE a.organization_id = %(organization)s AND a.conversation_id = t.id AND a.person_id = t.former AND t.had
    RETURNING a.person_id, t.effort
), come AS (
    INSERT INTO conversations_assignee (organization_id, conversation_id, person_id, route, decision_id, since)
    SELECT %(organization)s, id, owner, 'rule', decision, %(at)s FROM talks
    ON CONFLICT DO NOTHING RETURNING person_id, conversation_id
), moved AS (
    SELECT person_id, -effort AS effort, 0 AS number FROM gone
    UNION ALL SELECT c.person_id, t.effort, 0 FROM come c JOIN talks t ON t.id = c.conversation_id
    -- However many conversations follow it, one contact was given.
    UNION ALL SELECT owner, 0, 1 FROM new
), loads AS ({LOADS}), touched AS (
    UPDATE conversations_conversation SET version = version + 1
    WHERE organization_id = %(organization)s AND id = ANY(ARRAY(SELECT id FROM talks))
), left_line AS (
    DELETE FROM assignment_waiting
    WHERE organization_id = %(organization)s AND contact_id = ANY(%(contacts)s::bigint[])
      AND (conversation_id IS NULL OR conversation_id = ANY(ARRAY(SELECT id FROM talks)))
)
{TELL}
"""
TURN = """
INSERT INTO assignment_round AS r
    (organization_id, contact_id, number, missed, rule_id, at, held_decision_id, state, next_try_at, rests_for)
SELECT %(organization)s, t.contact, t.number, t.missed, t.rule, %(at)s, t.held, t.state, t.next_try_at, t.rests_for
FROM ROWS FROM (
    unnest(%(contacts)s::bigint[], %(numbers)s::int[], %(rules)s::bigint[], %(held)s::bigint[], %(states)s::text[],
           %(tries)s::timestamptz[]),
    jsonb_array_elements(%(missed)s), jsonb_array_elements(%(rests)s)
) AS t (contact, number, rule, held, state, next_try_at, missed, rests_for)
ON CONFLICT (organization_id, contact_id) DO UPDATE
SET number = EXCLUDED.number, missed = EXCLUDED.missed, rule_id = EXCLUDED.rule_id, at = EXCLUDED.at,
    held_decision_id = EXCLUDED.held_decision_id, state = EXCLUDED.state, next_try_at = EXCLUDED.next_try_at,
    rests_for = EXCLUDED.rests_for
"""


def write_moves(order: Order, taken: Taken, made: Sequence[Made]) -> None:
    """Let contacts go to their new owners."""
    if made:
        formers = write_array(one.waits.item.owner_id for one in made)
        order.run(MOVE, formers=formers, **decided(taken, made), **news(order.organization_id, made))


def write_turns(order: Order, turns: Sequence[Turn]) -> None:
    """Store how rounds stand."""
    if not turns:
        return
    order.run(
        TURN,
        contacts=write_array(one.contact_id for one in turns),
        numbers=write_array(one.number for one in turns),
        missed=Jsonb([one.missed_ids for one in turns]),
        rests=Jsonb([dict(one.rests_for) for one in turns]),
        rules=write_array(one.rule_id for one in turns),
        held=write_array(one.held_decision_id for one in turns),
        states=write_array(one.state for one in turns),
        tries=write_array(one.next_try_at.isoformat() if one.next_try_at else None for one in turns),
    )
