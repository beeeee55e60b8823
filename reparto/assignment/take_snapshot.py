"""
The facts of one sitting, read in a fixed number of queries however many wait.

It must run under the desk's lock, and it changes nothing.
"""

import json
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection

from reparto.contacts.read_facts import read_facts
from reparto.engine import Cursor, Facts, Figures, Policy, RuleSet, Snapshot, thaw_cursor
from reparto.kit.clock import TOO_FAR
from reparto.kit.organization_settings import read_policy, with_presets
from reparto.kit.prepared import prepared_cursor
from reparto.rules.queries import frozen_rule_set

from .keep_measure import STORED, keep_measure, read_kept
from .measure_people import figures_of, needs_figures
from .read_line import LINE, Waits, read_line
from .read_people import PEOPLE, gather_groups, read_people, write_people

#: What belongs to the organization as a whole: settings, groups, turns, and which version of the rules is in force.
SHARED = f"""
SELECT (SELECT settings FROM kit_organization WHERE id = %(organization)s),
       (SELECT jsonb_object_agg(id, path) FROM people_group),
       (SELECT jsonb_object_agg(rule_id, state) FROM assignment_cursor),
       (SELECT max(number) FROM rules_rulesetversion),
       ({STORED})
"""
#: As `lock_desk` has it, for whoever only looks.
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
    asked = {"organization": organization_id, "at": at, "too_far": at + TOO_FAR, "limit": limit}
    rows, shared, people = _ask((LINE, SHARED, PEOPLE), asked)
    if not rows:
        return None
    due = read_line(rows)
    line = [one for one in due if not one.closed]
    closed = tuple(one.item.id for one in due if one.closed)
    return Taken(_snapshot(organization_id, line, shared[0], people, at=at), tuple(line), write_people(people), closed)


def gather_snapshot(organization_id: int, line: Sequence[Waits], *, at: datetime) -> Taken:
    """Return the same for items that do not stand in line: the caller has read them, and may only look."""
    _, shared, people = _ask((KEEP_PLANS, SHARED, PEOPLE), {"organization": organization_id, "at": at})
    return Taken(_snapshot(organization_id, line, shared[0], people, at=at), tuple(line), write_people(people))


def _snapshot(
    organization_id: int, line: Sequence[Waits], shared: tuple[Any, ...], people: list[Any], *, at: datetime
) -> Snapshot:
    settings, paths, cursors = (json.loads(one or "{}") for one in shared[:3])
    agents, members = read_people(people)
    rule_set = frozen_rule_set(organization_id, shared[3]) if shared[3] else RuleSet()
    facts = _facts(line, rule_set)
    return Snapshot(
        at=at,
        items=tuple(replace(one.item, facts=facts.get(one.item.contact_id, {})) for one in line),
        agents=agents,
        groups=gather_groups({int(group): path for group, path in paths.items()}, members),
        rule_set=rule_set,
        cursors=_cursors(cursors),
        figures=_figures(organization_id, rule_set, shared[4], agents, days=days_of(settings), at=at),
        policy=policy_of(settings),
    )


def _ask(questions: Sequence[str], asked: dict[str, Any]) -> list[list[Any]]:
    """Ask in one round trip: a lone message waits for each of them."""
    with ExitStack() as stack:
        cursors = [stack.enter_context(prepared_cursor()) for _ in questions]
        stack.enter_context(connection.connection.pipeline())
        for cursor, question in zip(cursors, questions, strict=True):
            cursor.execute(question, asked)
        return [cursor.fetchall() for cursor in cursors]


def policy_of(settings: dict[str, Any]) -> Policy:
    """Return an organization's settings as the engine is told of them."""
    return Policy(**read_policy(settings), ties_in_turn=True, keeps_turns=True, countries=True)


def days_of(settings: dict[str, Any]) -> int:
    """Return how far back people's results are looked at."""
    return int(with_presets(settings)["figures"]["days"])


def _figures(
    organization_id: int, rule_set: RuleSet, stored: str | None, people: Iterable[int], *, days: int, at: datetime
) -> dict[int, dict[int, Figures]]:
    """Return what rules that go by results are told; nothing is measured, nor read again, while there is none."""
    if not needs_figures(rule_set):
        return {}
    measured = read_kept(stored, days=days, at=at)
    if measured is None:
        measured = keep_measure(organization_id, days=days, at=at)
    return figures_of(rule_set, measured, people=people)


def _cursors(stored: dict[str, Any]) -> dict[int, Cursor]:
    return {int(rule): thaw_cursor(state) for rule, state in stored.items()}


def _facts(line: Sequence[Waits], rule_set: RuleSet) -> dict[int, Facts]:
    """Return what filters may ask about; nothing is read while no rule has a filter."""
    if not any(rule.active and rule.filters for rule in rule_set.rules):
        return {}
    return read_facts([one.item.contact_id for one in line])
