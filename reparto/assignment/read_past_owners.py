"""
Whose contacts were during a time, and how their rounds stood before it: for whoever lives that time again.

It changes nothing; whoever asks has entered the organization.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from .write_moves import Turn

#: A sweep's decision is about the contact alone, and its item says who had missed it before. What ended as the time
#: begins was so before it.
SPANS = """
SELECT o.contact_id, o.person_id, o.since, o.until, o.decision_id, d.sitting_id IS NULL,
       CASE WHEN o.since < %(since)s AND d.conversation_id IS NULL AND d.rule_id IS NOT NULL
            THEN s.items -> d.place END
FROM assignment_ownership o
JOIN assignment_decision d ON d.id = o.decision_id
LEFT JOIN assignment_sitting s ON s.id = d.sitting_id
WHERE o.since < %(until)s AND (o.until IS NULL OR o.until >= %(since)s)
ORDER BY o.contact_id, o.since, o.id
"""
ROUNDS = """
SELECT contact_id, number, missed, rule_id, held_decision_id, state, next_try_at, rests_for, at
FROM assignment_round WHERE at < %(since)s
"""


@dataclass(frozen=True, slots=True)
class PastSpan:
    """Whose a contact was for a while."""

    contact_id: int
    person_id: int
    since: datetime
    until: datetime | None
    decision_id: int
    by_hand: bool  #: no sitting decided it
    missed_ids: tuple[int, ...] | None = None  #: who had missed it, where a sweep gave it before the time
    round_number: int = 1  #: of that sweep; of one from before it was kept, the first


@dataclass(frozen=True, slots=True)
class PastOwners:
    """Spans by contact in the order of time, and the rounds that were as they are before the time began."""

    spans: list[PastSpan]
    rounds: dict[int, tuple[Turn, datetime]]


def read_past_owners(since: datetime, until: datetime) -> PastOwners:
    """Return the spans of a time, and the rounds that no sweep has touched since it began (two queries)."""
    asked = {"since": since, "until": until}
    with connection.cursor() as cursor:
        cursor.execute(SPANS, asked)
        spans = [PastSpan(*(*row[:6], *_missed(row[6]))) for row in cursor.fetchall()]
        cursor.execute(ROUNDS, asked)
        rounds = {row[0]: (_turn(row), row[8]) for row in cursor.fetchall()}
    return PastOwners(spans, rounds)


def _missed(item: str | None) -> tuple[tuple[int, ...] | None, int]:
    """Who had missed it, and in which round."""
    told: dict[str, Any] = json.loads(item) if item else {}
    if not told.get("due_rule_ids"):
        return None, 1
    had = told.get("owner_id")
    missed = (*told.get("missed_ids", ()), *([had] if had is not None else []))
    return tuple(dict.fromkeys(missed)), told.get("round_number", 1)


def _turn(row: tuple[Any, ...]) -> Turn:
    contact, number, missed, rule, held, state, next_try, rests = row[:8]
    kept = {int(one): tuple(pool) for one, pool in json.loads(rests or "{}").items()}
    return Turn(contact, number, tuple(json.loads(missed or "[]")), rule, held, state, next_try, kept)
