"""
Past sittings, as the engine was told and what it answered, in the order of time, a page at a time.

It reads and derives nothing; whoever asks has entered the organization.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection

#: One desk decides at a time, so their ids are the order in which they were decided.
PAGE = """
SELECT id, at, shared, items FROM assignment_sitting
WHERE id > %(after)s AND id <= %(last)s AND at >= %(since)s AND at < %(until)s ORDER BY id LIMIT %(limit)s
"""
#: By the contact, for which decisions have an index. A statement of lookups, whatever the statistics say.
ANSWERS = """
SELECT d.sitting_id, d.place, d.outcome, d.owner_id, d.person_ids, d.group_ids, d.rule_id
FROM unnest(%(contacts)s::bigint[]) AS c (id)
CROSS JOIN LATERAL (
    SELECT x.sitting_id, x.place, x.outcome, x.owner_id, x.person_ids, x.group_ids, x.rule_id
    FROM assignment_decision x WHERE x.contact_id = c.id AND x.sitting_id = ANY(%(sittings)s::bigint[]) OFFSET 0
) d
"""
#: What people did by hand to contacts of interest, in the order in which it was done.
HANDS = """
SELECT d.at, d.contact_id, d.conversation_id
FROM unnest(%(contacts)s::bigint[]) AS c (id)
CROSS JOIN LATERAL (
    SELECT x.id, x.at, x.contact_id, x.conversation_id FROM assignment_decision x
    WHERE x.contact_id = c.id AND x.sitting_id IS NULL AND x.at > %(since)s AND x.at <= %(until)s OFFSET 0
) d
ORDER BY d.at, d.id
"""
#: Every sitting has a decision of its own instant, and decisions can be found by time (`assignment_decision_by_at`).
BOUNDS = """
SELECT coalesce(min(sitting_id), 1) - 1, coalesce(max(sitting_id), 0), count(DISTINCT sitting_id)
FROM assignment_decision WHERE at >= %(since)s AND at < %(until)s
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the desk decided of one item."""

    outcome: str
    owner_id: int | None
    person_ids: tuple[int, ...]
    group_ids: tuple[int, ...]
    rule_id: int | None


@dataclass(frozen=True, slots=True)
class Past:
    """One sitting: what the engine was told, still frozen, and what it answered, by the place of the item."""

    id: int
    at: datetime
    shared: Mapping[str, Any]
    items: tuple[Mapping[str, Any], ...]
    answers: Mapping[int, Answer]


@dataclass(frozen=True, slots=True)
class Period:
    """The sittings from `since` to before `until`: after this id, up to the last one."""

    since: datetime
    until: datetime
    after: int
    last: int
    count: int


def find_period(since: datetime, until: datetime) -> Period:
    """Return which sittings there are from an instant to before another (one query)."""
    with connection.cursor() as cursor:
        cursor.execute(BOUNDS, {"since": since, "until": until})
        return Period(since, until, *cursor.fetchone())


def read_sittings(period: Period, *, limit: int) -> list[Past]:
    """Return the first sittings of a period (two queries)."""
    with connection.cursor() as cursor:
        cursor.execute(PAGE, {**asdict(period), "limit": limit})
        rows = [(number, at, json.loads(shared), json.loads(items)) for number, at, shared, items in cursor.fetchall()]
        contacts = {item["contact_id"] for row in rows for item in row[3]}
        cursor.execute(ANSWERS, {"contacts": list(contacts), "sittings": [row[0] for row in rows]})
        answers = _by_sitting(cursor.fetchall())
    return [Past(number, at, shared, tuple(items), answers.get(number, {})) for number, at, shared, items in rows]


def read_hands(
    contact_ids: Collection[int], *, since: datetime, until: datetime
) -> list[tuple[datetime, int, int | None]]:
    """Return (instant, contact, conversation) of what was given by hand after an instant, up to another (one query)."""
    with connection.cursor() as cursor:
        cursor.execute(HANDS, {"contacts": list(contact_ids), "since": since, "until": until})
        return list(cursor.fetchall())


def _by_sitting(rows: Iterable[tuple[Any, ...]]) -> dict[int, dict[int, Answer]]:
    found: dict[int, dict[int, Answer]] = {}
    for sitting, place, outcome, owner, people, groups, rule in rows:
        found.setdefault(sitting, {})[place] = Answer(outcome, owner, _ids(people), _ids(groups), rule)
    return found


@lru_cache(maxsize=4096)
def _ids(written: str) -> tuple[int, ...]:
    """Mostly one person, or nobody: the same few texts, over and over."""
    return tuple(json.loads(written))
