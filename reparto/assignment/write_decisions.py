"""
The statements of `record_decisions`, each for all items of a sitting at once.

SQL only: whoever calls them holds the desk and has decided what to write.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from reparto.conversations.count_given import LOADS
from reparto.engine import Decision, RuleSet, fold, freeze_cursor, freeze_item, freeze_sitting
from reparto.kit.live import CHANNEL, write_event
from reparto.kit.prepared import Prepared
from reparto.kit.write_array import write_array

from .read_line import Waits
from .take_snapshot import Taken


@dataclass(frozen=True, slots=True)
class Made:
    """What waited, what was decided of it, and its place in the sitting."""

    waits: Waits
    decision: Decision
    place: int
    trace: dict[str, Any] = field(default_factory=dict)  #: numbers into what the sitting's traces share


@dataclass(frozen=True, slots=True)
class Order:
    """Where the statements go, for whom, and when."""

    cursor: Prepared
    organization_id: int
    at: datetime

    def run(self, statement: str, **parameters: Any) -> None:
        """Send one statement."""
        asked = {"organization": self.organization_id, "at": self.at, **parameters}
        self.cursor.execute(statement, asked)


def sitting(order: Order, taken: Taken, traces: dict[str, Any]) -> None:
    """Store what the sitting's decisions share, once; the rules are stored already, as their version."""
    snapshot = taken.snapshot
    # People are written already and rules are many: neither is frozen here.
    shared = freeze_sitting(replace(snapshot, items=(), agents={}, rule_set=RuleSet()))
    shared["rule_set"] = {"version": snapshot.rule_set.version}
    order.run(
        "INSERT INTO assignment_sitting (organization_id, at, shared, items, traces)"
        " VALUES (%(organization)s, %(at)s, %(s)s, %(i)s, %(t)s)",
        s=f'{json.dumps(shared)[:-1]}, "agents": {taken.people}}}',
        t=Jsonb(traces),
        i=Jsonb([freeze_item(item) for item in snapshot.items]),
    )


def decisions(order: Order, made: Sequence[Made]) -> None:
    """Store each decision with its trace. They belong to the sitting that was stored just before."""
    order.run(
        """
        INSERT INTO assignment_decision (id, organization_id, at, contact_id, conversation_id, outcome, route, owner_id,
            person_ids, group_ids, rule_id, rule_version, rule_position, rule_sequence, reason, next_try_at, sitting_id,
            place, trace)
        SELECT d.id, %(organization)s, %(at)s, d.contact, d.conversation, d.outcome, d.route, d.owner, d.people,
               d.groups, d.rule, d.version, d.position, d.sequence, d.reason, d.next_try_at,
               currval(pg_get_serial_sequence('assignment_sitting', 'id')), d.place, d.trace
        FROM jsonb_to_recordset(%(rows)s) AS d (id bigint, contact bigint, conversation bigint, outcome text,
            route text, owner bigint, people jsonb, groups jsonb, rule bigint, version int, position int,
            sequence bigint, reason text, next_try_at timestamptz, place int, trace jsonb)
        ORDER BY d.place
        """,
        rows=Jsonb([_decision(one) for one in made]),
    )


def _decision(one: Made) -> dict[str, Any]:
    decision, item = one.decision, one.waits.item
    return {
        "id": one.waits.decision_id,
        "contact": item.contact_id,
        "conversation": item.conversation_id,
        "outcome": decision.outcome,
        "route": decision.route,
        "owner": decision.owner_id,
        "people": decision.person_ids,
        "groups": decision.group_ids,
        "rule": decision.rule_id,
        "version": decision.rule_version,
        "position": decision.rule_position,
        "sequence": decision.cursor.sequence if decision.cursor else None,
        "reason": decision.reason,
        "next_try_at": decision.next_try_at.isoformat() if decision.next_try_at else None,
        "place": one.place,
        "trace": one.trace,
    }


def owners(order: Order, made: Sequence[Made]) -> None:
    """Give contacts that had nobody their owner, and begin the span in the ledger."""
    if not made:
        return
    order.run(
        """
        WITH new AS (
            SELECT * FROM unnest(%(contacts)s::bigint[], %(owners)s::bigint[], %(decisions)s::bigint[])
                AS t (contact, owner, decision)
        ), changed AS (
            -- Not joined: while statistics lag behind, a join would read all contacts for a handful of them.
            UPDATE contacts_contact c SET version = version + 1, updated_at = %(at)s,
                owner_id = (%(owners)s::bigint[])[array_position(%(contacts)s::bigint[], c.id)]
            WHERE c.organization_id = %(organization)s AND c.id = ANY(%(contacts)s::bigint[])
        )
        INSERT INTO assignment_ownership (organization_id, contact_id, person_id, since, decision_id)
        -- A clock behind the last entry never makes spans overlap.
        SELECT %(organization)s, contact, owner, greatest(%(at)s::timestamptz, (
            SELECT max(o.until) FROM assignment_ownership o
            WHERE o.organization_id = %(organization)s AND o.contact_id = new.contact
        )), decision FROM new
        """,
        contacts=write_array([one.waits.item.contact_id for one in made]),
        owners=write_array([one.decision.owner_id for one in made]),
        decisions=write_array([one.waits.decision_id for one in made]),
    )


#: What goes onto conversations, and with it into the loads of people.
ASSIGN = f"""
WITH put AS (
    INSERT INTO conversations_assignee
        (organization_id, conversation_id, person_id, group_id, route, decision_id, since)
    SELECT %(organization)s, conversation, person, team, route, decision, %(at)s
    FROM unnest(%(conversations)s::bigint[], %(people)s::bigint[], %(groups)s::bigint[], %(routes)s::text[],
                %(decisions)s::bigint[]) AS t (conversation, person, team, route, decision)
    ON CONFLICT DO NOTHING RETURNING person_id, conversation_id
), changed AS (
    UPDATE conversations_conversation v SET version = version + 1
    WHERE v.organization_id = %(organization)s AND v.id = ANY(ARRAY(SELECT conversation_id FROM put))
), moved AS (
    SELECT person_id, 1 AS number,
           (%(efforts)s::int[])[array_position(%(conversations)s::bigint[], conversation_id)] AS effort
    FROM put WHERE person_id IS NOT NULL
)
{LOADS}
"""


def assignees(order: Order, made: Sequence[Made]) -> None:
    """Put people and groups on conversations, and count the people's load."""
    rows = [
        (
            one.waits.item.conversation_id,
            person,
            group,
            one.decision.route,
            one.waits.decision_id,
            one.waits.item.effort,
        )
        for one in made
        if one.waits.item.conversation_id is not None
        for person, group in _added(one.decision)
    ]
    if not rows:
        return
    conversations, people, groups, routes, decided, efforts = zip(*rows, strict=True)
    order.run(
        ASSIGN,
        conversations=write_array(conversations),
        people=write_array(people),
        groups=write_array(groups),
        routes=write_array(routes),
        decisions=write_array(decided),
        efforts=write_array(efforts),
    )


def _added(decision: Decision) -> list[tuple[int | None, int | None]]:
    people: list[tuple[int | None, int | None]] = [(person, None) for person in decision.person_ids]
    return people + [(None, group) for group in decision.group_ids]


def cursors(order: Order, made: Sequence[Made]) -> None:
    """Move the turns of the rules that decided: the last decision of a rule says where it stands."""
    moved = {one.decision.cursor.rule_id: one.decision.cursor for one in made if one.decision.cursor}
    if not moved:
        return
    order.run(
        """
        INSERT INTO assignment_cursor (organization_id, rule_id, state)
        SELECT %(organization)s, rule, state FROM unnest(%(rules)s::bigint[], %(states)s::jsonb[]) AS t (rule, state)
        ON CONFLICT (organization_id, rule_id) DO UPDATE SET state = EXCLUDED.state
        """,
        rules=list(moved),
        states=[Jsonb(freeze_cursor(cursor)) for cursor in moved.values()],
    )


def tags(order: Order, made: Sequence[Made]) -> None:
    """Put the tags of the rules on the contacts they assigned."""
    marks = [(one.waits.item.contact_id, tag) for one in made for tag in one.decision.tags]
    if not marks:
        return
    names = {fold(tag): tag for _, tag in marks}
    order.run(
        "INSERT INTO contacts_tag (organization_id, name, folded) SELECT %(organization)s, name, folded"
        " FROM unnest(%(names)s::text[], %(folded)s::text[]) AS t (name, folded) ON CONFLICT DO NOTHING",
        names=list(names.values()),
        folded=list(names),
    )
    order.run(
        "INSERT INTO contacts_contacttag (organization_id, contact_id, tag_id) SELECT %(organization)s, m.contact, t.id"
        " FROM unnest(%(contacts)s::bigint[], %(folded)s::text[]) AS m (contact, folded)"
        " JOIN contacts_tag t ON t.organization_id = %(organization)s AND t.folded = m.folded ON CONFLICT DO NOTHING",
        contacts=[contact for contact, _ in marks],
        folded=[fold(tag) for _, tag in marks],
    )


def line(order: Order, made: Sequence[Made], *, closed: Sequence[int]) -> None:
    """Let what was decided leave the line; what waits on is told why and until when."""
    done = [one.waits.item.id for one in made if one.decision.outcome in ("assigned", "stays")]
    order.run("DELETE FROM assignment_waiting WHERE id = ANY(%(done)s::bigint[])", done=write_array([*done, *closed]))
    waiting = [one for one in made if one.decision.outcome in ("queued", "unmatched")]
    if not waiting:
        return
    order.run(
        """
        UPDATE assignment_waiting w
        SET outcome = t.outcome, reason = t.reason, due_at = t.due_at,
            decision_id = CASE WHEN t.new THEN t.decision ELSE w.decision_id END
        FROM unnest(%(ids)s::bigint[], %(outcomes)s::text[], %(reasons)s::text[], %(due)s::timestamptz[],
                    %(decisions)s::bigint[], %(new)s::bool[]) AS t (id, outcome, reason, due_at, decision, new)
        WHERE w.id = t.id
        """,
        ids=[one.waits.item.id for one in waiting],
        outcomes=[one.decision.outcome for one in waiting],
        reasons=[one.decision.reason for one in waiting],
        due=[one.decision.next_try_at for one in waiting],
        decisions=[one.waits.decision_id for one in waiting],
        new=[(one.waits.outcome, one.waits.reason) != (one.decision.outcome, one.decision.reason) for one in waiting],
    )


def live(order: Order, made: Sequence[Made]) -> None:
    """Announce who changed; it leaves with the commit."""
    contacts = tuple({one.waits.item.contact_id for one in made})
    talks = tuple({one.waits.item.conversation_id for one in made if one.waits.item.conversation_id})
    events = [
        write_event(order.organization_id, "waiting", ()),
        *([write_event(order.organization_id, "contacts", contacts)] if contacts else []),
        *([write_event(order.organization_id, "conversations", talks)] if talks else []),
    ]
    order.run(
        "SELECT pg_notify(%(channel)s, payload) FROM unnest(%(events)s::text[]) AS payload",
        channel=CHANNEL,
        events=events,
    )
