"""
What the desk would do for one contact if it wrote now, by the rules in force or by a draft of them.

It decides as the desk does, from the same facts, and writes nothing: no turn moves, no number is drawn. It takes no
lock, so what it says may have changed when somebody decides.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection

from reparto import engine
from reparto.contacts.read_facts import read_facts

from .models import Decision
from .read_bench import read_bench
from .read_line import WHAT_ROUTES_ASK, Waits, read_line

#: As if the contact waited alone in line, with its latest conversation (index `conversations_by_contact`).
ALONE = """
WITH due AS (
    SELECT 0 AS id, c.id AS contact_id, %(at)s::timestamptz AS since, '' AS outcome, '' AS reason, '' AS tried_key,
           NULL::jsonb AS nomination,
           (SELECT x.id FROM conversations_conversation x
            WHERE x.organization_id = %(organization)s AND x.contact_id = c.id
            ORDER BY x.status = 'closed', x.id DESC LIMIT 1) AS conversation_id
    FROM contacts_contact c WHERE c.organization_id = %(organization)s AND c.id = %(contact)s
)
""" + WHAT_ROUTES_ASK.format(decision="0")
#: The conversation that would begin.
NEW = 0


@dataclass(frozen=True, slots=True)
class Tried:
    """What would happen, as an unsaved decision."""

    by_rules: Decision  #: by the rules alone, as if the contact had nobody yet
    as_it_stands: Decision  #: with its owner, its direct assignment and whoever works it now


def try_contact(organization_id: int, contact_id: int, *, rule_set: engine.RuleSet, at: datetime) -> Tried:
    """Return what would be decided by these rules about a contact that is there; who may see it is asked before."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE, {"organization": organization_id, "contact": contact_id, "at": at})
        (waits,) = read_line(cursor.fetchall())
    facts = read_facts([contact_id])[contact_id]
    standing = replace(_as_it_stands(waits), facts=facts)
    new = _as_new(standing)
    bench = read_bench(at=at)
    return Tried(
        by_rules=_unsaved(bench.decide(new, rule_set, at=at), new, at),
        as_it_stands=_unsaved(bench.decide(standing, rule_set, at=at), standing, at),
    )


def _as_it_stands(waits: Waits) -> engine.WorkItem:
    """Whoever writes goes on with the open conversation, or begins another, which nobody works."""
    item = replace(waits.item, arrived_by_itself=True, conversation_id=waits.item.conversation_id or NEW)
    return replace(item, assignee_ids=(), assignee_group_ids=()) if waits.closed else item


def _as_new(item: engine.WorkItem) -> engine.WorkItem:
    """The same contact with nobody, so that the rules are asked."""
    # Without an owner it is in the group by whose account it came.
    facts = read_facts([item.contact_id], unowned=True)[item.contact_id] if item.owner_id else item.facts
    free = replace(item, owner_id=None, portfolio=None, facts=facts)
    return replace(free, assignee_ids=(), assignee_group_ids=(), default_assignee_ids=())


def _unsaved(decided: engine.Decision, item: engine.WorkItem, at: datetime) -> Decision:
    frozen: dict[str, Any] = engine.freeze_decision(decided)
    return Decision(
        at=at,
        contact_id=item.contact_id,
        conversation_id=item.conversation_id or None,
        outcome=decided.outcome,
        route=decided.route,
        owner_id=decided.owner_id,
        # Whoever has the conversation keeps it: nobody is added, and they are who would answer.
        person_ids=list(item.assignee_ids if decided.outcome == "stays" else decided.person_ids),
        group_ids=list(decided.group_ids),
        rule_id=decided.rule_id,
        rule_version=decided.rule_version,
        rule_position=decided.rule_position,
        reason=decided.reason,
        next_try_at=decided.next_try_at,
        trace={"steps": frozen.get("steps", []), "candidates": frozen.get("candidates", [])},
    )
