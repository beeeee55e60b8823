"""
What every sitting writes, as parts of one statement: what its decisions share, the decisions, turns, and the news.

SQL only: whoever sends it holds the desk and has decided what to write. A statement costs the server and the driver
more than most of what it writes of one item, so all that a sitting writes is one (`write_assigned`, `write_moves`).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from reparto.engine import Decision, RuleSet, fold, freeze_cursor, freeze_item, freeze_sitting, freeze_traces
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


#: The sitting, its decisions with their traces, and where the turns of the rules that decided stand now.
DECIDED = """
kept AS (
    INSERT INTO assignment_sitting (organization_id, at, shared, items, traces)
    VALUES (%(organization)s, %(at)s, %(shared)s, %(items)s, %(shared_traces)s) RETURNING id
), decided AS (
    INSERT INTO assignment_decision (id, organization_id, at, contact_id, conversation_id, outcome, route, owner_id,
        person_ids, group_ids, rule_id, rule_version, rule_position, rule_sequence, reason, next_try_at, sitting_id,
        place, trace)
    SELECT d.id, %(organization)s, %(at)s, d.contact, d.conversation, d.outcome, d.route, d.owner, d.people, d.groups,
           d.rule, d.version, d.position, d.sequence, d.reason, d.next_try_at, kept.id, d.place, d.trace
    FROM kept, ROWS FROM (
        unnest(%(ids)s::bigint[], %(contacts)s::bigint[], %(conversations)s::bigint[], %(outcomes)s::text[],
               %(routes)s::text[], %(owners)s::bigint[], %(rules)s::bigint[], %(versions)s::int[],
               %(positions)s::int[], %(sequences)s::bigint[], %(reasons)s::text[], %(tries)s::timestamptz[],
               %(places)s::int[]),
        jsonb_array_elements(%(people)s), jsonb_array_elements(%(groups)s), jsonb_array_elements(%(traces)s)
    ) AS d (id, contact, conversation, outcome, route, owner, rule, version, position, sequence, reason, next_try_at,
            place, people, groups, trace)
), turned AS (
    INSERT INTO assignment_cursor (organization_id, rule_id, state)
    SELECT %(organization)s, t.rule, t.state
    FROM ROWS FROM (unnest(%(turned)s::bigint[]), jsonb_array_elements(%(turns)s)) AS t (rule, state)
    ON CONFLICT (organization_id, rule_id) DO UPDATE SET state = EXCLUDED.state
)
"""
#: Who changed; it leaves with the commit.
TELL = "SELECT pg_notify(%(channel)s, payload) FROM unnest(%(events)s::text[]) AS payload"


def decided(taken: Taken, made: Sequence[Made]) -> dict[str, Any]:
    """Return what `DECIDED` is told: the decisions, those of one rule in the order in which it dealt."""
    decisions, items = [one.decision for one in made], [one.waits.item for one in made]
    shared_traces, traces = freeze_traces(decisions)
    # The last decision of a rule says where it stands.
    cursors = {one.cursor.rule_id: one.cursor for one in decisions if one.cursor}
    return {
        "shared": _shared(taken),
        "items": Jsonb([freeze_item(item) for item in taken.snapshot.items]),
        "shared_traces": Jsonb(shared_traces),
        "ids": write_array(one.waits.decision_id for one in made),
        "contacts": write_array(item.contact_id for item in items),
        "conversations": write_array(item.conversation_id for item in items),
        "outcomes": write_array(one.outcome for one in decisions),
        "routes": write_array(one.route for one in decisions),
        "owners": write_array(one.owner_id for one in decisions),
        "rules": write_array(one.rule_id for one in decisions),
        # Also where no rule decided: why nobody, by which rules?
        "versions": write_array(taken.snapshot.rule_set.version or None for _ in decisions),
        "positions": write_array(one.rule_position for one in decisions),
        "sequences": write_array(one.cursor.sequence if one.cursor else None for one in decisions),
        "reasons": write_array(one.reason for one in decisions),
        "tries": write_array(one.next_try_at.isoformat() if one.next_try_at else None for one in decisions),
        "places": write_array(one.place for one in made),
        "people": Jsonb([one.person_ids for one in decisions]),
        "groups": Jsonb([one.group_ids for one in decisions]),
        "traces": Jsonb(traces),
        "turned": write_array(cursors),
        "turns": Jsonb([freeze_cursor(cursor) for cursor in cursors.values()]),
    }


def _shared(taken: Taken) -> str:
    """What the sitting's decisions share; the rules are stored already, as their version."""
    snapshot = taken.snapshot
    # People are written already and rules are many: neither is frozen here.
    shared = freeze_sitting(replace(snapshot, items=(), agents={}, rule_set=RuleSet()))
    shared["rule_set"] = {"version": snapshot.rule_set.version}
    return f'{json.dumps(shared)[:-1]}, "agents": {taken.people}}}'


def news(organization_id: int, made: Sequence[Made]) -> dict[str, Any]:
    """Return what `TELL` is told: the line moved, and these contacts and conversations changed."""
    contacts = tuple({one.waits.item.contact_id for one in made})
    talks = tuple({one.waits.item.conversation_id for one in made if one.waits.item.conversation_id})
    changed = {"contacts": contacts, "conversations": talks}
    events = [write_event(organization_id, topic, ids) for topic, ids in changed.items() if ids]
    return {"channel": CHANNEL, "events": [write_event(organization_id, "waiting", ()), *events]}


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
