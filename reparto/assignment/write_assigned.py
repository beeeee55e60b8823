"""
The statement of `record_decisions`: decisions with their traces, owners with their spans, assignees with their loads,
turns, the line and the news, for all items of a sitting at once.

SQL only: whoever calls it holds the desk and has decided what to write.
"""

from collections.abc import Sequence

from reparto.conversations.count_given import LOADS
from reparto.engine import Decision
from reparto.kit.write_array import write_array

from .take_snapshot import Taken
from .write_decisions import DECIDED, TELL, Made, Order, decided, news

#: The parts see the tables as they were before it. Foreign keys are checked after all of them, so that a row that is
#: changed and referred to is locked once.
WRITE = f"""
WITH {DECIDED}, new AS MATERIALIZED (
    SELECT * FROM unnest(%(new_contacts)s::bigint[], %(new_owners)s::bigint[], %(new_decisions)s::bigint[])
        AS t (contact, owner, decision)
), given AS (
    -- Not joined: while statistics lag behind, a join would read all contacts for a handful of them.
    UPDATE contacts_contact c SET version = version + 1, updated_at = %(at)s,
        owner_id = (%(new_owners)s::bigint[])[array_position(%(new_contacts)s::bigint[], c.id)]
    WHERE c.organization_id = %(organization)s AND c.id = ANY(%(new_contacts)s::bigint[])
), opened AS (
    INSERT INTO assignment_ownership (organization_id, contact_id, person_id, since, decision_id)
    -- A clock behind the last entry never makes spans overlap.
    SELECT %(organization)s, n.contact, n.owner, greatest(%(at)s::timestamptz, (
        SELECT max(o.until) FROM assignment_ownership o
        WHERE o.organization_id = %(organization)s AND o.contact_id = n.contact
    )), n.decision FROM new n
), put AS (
    INSERT INTO conversations_assignee
        (organization_id, conversation_id, person_id, group_id, route, decision_id, since)
    SELECT %(organization)s, conversation, person, team, route, decision, %(at)s
    FROM unnest(%(on_talks)s::bigint[], %(on_people)s::bigint[], %(on_groups)s::bigint[], %(on_routes)s::text[],
                %(on_decisions)s::bigint[]) AS t (conversation, person, team, route, decision)
    ON CONFLICT DO NOTHING RETURNING person_id, conversation_id
), changed AS (
    UPDATE conversations_conversation v SET version = version + 1
    WHERE v.organization_id = %(organization)s AND v.id = ANY(ARRAY(SELECT conversation_id FROM put))
), moved AS (
    SELECT person_id, 1 AS number,
           (%(on_efforts)s::int[])[array_position(%(on_talks)s::bigint[], conversation_id)] AS effort
    FROM put WHERE person_id IS NOT NULL
), loads AS ({LOADS}), gone AS (
    DELETE FROM assignment_waiting WHERE id = ANY(%(done)s::bigint[])
)
{TELL}
"""
#: When nothing new was decided.
LEAVE = f"""
WITH gone AS (DELETE FROM assignment_waiting WHERE id = ANY(%(done)s::bigint[]))
{TELL}
"""


def write_assigned(order: Order, taken: Taken, made: Sequence[Made], *, done: Sequence[int]) -> None:
    """Write what is new, and let what is `done` leave the line."""
    assigned = [one for one in made if one.decision.outcome == "assigned"]
    line = {"done": write_array(done), **news(order.organization_id, assigned)}
    if made:
        order.run(WRITE, **line, **decided(taken, made), **_owners(assigned), **_assignees(assigned))
    else:
        order.run(LEAVE, **line)


def _owners(assigned: Sequence[Made]) -> dict[str, str]:
    """Contacts that had nobody get their owner."""
    new = [one for one in assigned if one.decision.owner_changed]
    return {
        "new_contacts": write_array(one.waits.item.contact_id for one in new),
        "new_owners": write_array(one.decision.owner_id for one in new),
        "new_decisions": write_array(one.waits.decision_id for one in new),
    }


def _assignees(assigned: Sequence[Made]) -> dict[str, str]:
    """People and groups come onto conversations."""
    rows = [
        (item.conversation_id, person, group, one.decision.route, one.waits.decision_id, item.effort)
        for one in assigned
        if (item := one.waits.item).conversation_id is not None
        for person, group in _added(one.decision)
    ]
    names = ("on_talks", "on_people", "on_groups", "on_routes", "on_decisions", "on_efforts")
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return {name: write_array(column) for name, column in zip(names, columns, strict=True)}


def _added(decision: Decision) -> list[tuple[int | None, int | None]]:
    people: list[tuple[int | None, int | None]] = [(person, None) for person in decision.person_ids]
    return people + [(None, group) for group in decision.group_ids]
