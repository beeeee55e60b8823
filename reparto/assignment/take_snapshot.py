"""
The facts of one sitting, read in a fixed number of queries however many wait.

It must run under the desk's lock, and it changes nothing.
"""

import json
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection

from reparto.contacts.read_facts import read_facts
from reparto.engine import Cursor, Facts, Policy, RuleSet, Snapshot, thaw_cursor
from reparto.kit.organization_settings import read_policy
from reparto.kit.prepared import prepared_cursor
from reparto.rules.queries import frozen_rule_set

from .read_line import LINE, Waits, read_line
from .read_people import PEOPLE, gather_groups, read_people, write_people

#: What belongs to the organization as a whole: settings, groups, turns, and which version of the rules is in force.
SHARED = """
SELECT (SELECT settings FROM kit_organization WHERE id = %(organization)s),
       (SELECT jsonb_object_agg(id, path) FROM people_group),
       (SELECT jsonb_object_agg(rule_id, state) FROM assignment_cursor),
       (SELECT max(number) FROM rules_rulesetversion)
"""
#: Planning anew takes the server longer than running, so it keeps the first plan of a connection until statistics
#: change. The statements of the desk are written so that rows are looked up by key whatever the statistics say.
KEEP_PLANS = "SELECT set_config('plan_cache_mode', 'force_generic_plan', true)"


@dataclass(frozen=True, slots=True)
class Taken:
    """A snapshot, and what was said before of each of its items, in the same order."""

    snapshot: Snapshot
    line: tuple[Waits, ...]
    people: str  #: the people as the sitting keeps them, see `write_people`
    closed: tuple[int, ...] = ()  #: waiting rows whose conversation was closed meanwhile


def take_snapshot(organization_id: int, *, at: datetime, limit: int) -> Taken | None:
    """Return all that the engine is told; None when nothing is due."""
    rows, shared, people = _ask(organization_id, at=at, limit=limit)
    if not rows:
        return None
    due = read_line(rows)
    line = [one for one in due if not one.closed]
    settings, paths, cursors = (json.loads(one or "{}") for one in shared[:3])
    agents, members = read_people(people)
    rule_set = frozen_rule_set(organization_id, shared[3]) if shared[3] else RuleSet()
    facts = _facts(line, rule_set)
    snapshot = Snapshot(
        at=at,
        items=tuple(replace(one.item, facts=facts.get(one.item.contact_id, {})) for one in line),
        agents=agents,
        groups=gather_groups({int(group): path for group, path in paths.items()}, members),
        rule_set=rule_set,
        cursors=_cursors(cursors),
        policy=policy_of(settings),
    )
    return Taken(snapshot, tuple(line), write_people(people), closed=tuple(one.item.id for one in due if one.closed))


def _ask(organization_id: int, *, at: datetime, limit: int) -> tuple[list[Any], tuple[Any, ...], list[Any]]:
    """Ask for line, shared facts and people in one round trip: a lone message waits for each of them."""
    asked: dict[str, Any] = {"organization": organization_id, "at": at, "limit": limit}
    with ExitStack() as stack:
        plans, line, shared, people = (stack.enter_context(prepared_cursor()) for _ in range(4))
        stack.enter_context(connection.connection.pipeline())
        for cursor, question in ((plans, KEEP_PLANS), (line, LINE), (shared, SHARED), (people, PEOPLE)):
            cursor.execute(question, asked)
        return line.fetchall(), shared.fetchone() or (), people.fetchall()


def policy_of(settings: dict[str, Any]) -> Policy:
    """Return an organization's settings as the engine is told of them."""
    return Policy(**read_policy(settings))


def _cursors(stored: dict[str, Any]) -> dict[int, Cursor]:
    return {int(rule): thaw_cursor(state) for rule, state in stored.items()}


def _facts(line: list[Waits], rule_set: RuleSet) -> dict[int, Facts]:
    """Return what filters may ask about; nothing is read while no rule has a filter."""
    if not any(rule.active and rule.filters for rule in rule_set.rules):
        return {}
    return read_facts([one.item.contact_id for one in line])
