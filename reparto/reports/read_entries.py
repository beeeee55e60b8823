"""
What came in: by hour of the viewer's day, how much was assigned on entering and how much waited; how long it took.

An entry is a conversation at its first decision, so that each counts once, in one period.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from reparto.kit.choose_period import Period

from .choose_scope import Scope

#: Served by `assignment_decision_by_at`, and by `assignment_decision_conv` for what was before and after.
ENTRIES = """
WITH firsts AS (
    SELECT DISTINCT ON (d.conversation_id) d.conversation_id, d.id, d.at, d.outcome
    FROM assignment_decision d
    WHERE d.at >= %(since)s AND d.at < %(until)s AND d.conversation_id IS NOT NULL
    ORDER BY d.conversation_id, d.id
), entries AS (
    SELECT extract(hour FROM f.at AT TIME ZONE %(zone)s)::int AS hour, f.outcome = 'assigned' AS at_once,
           greatest(extract(epoch FROM g.at - v.opened_at), 0)::float8 AS seconds
    FROM firsts f
    JOIN conversations_conversation v ON v.id = f.conversation_id
    LEFT JOIN LATERAL (
        SELECT d.at, d.person_ids FROM assignment_decision d
        WHERE d.conversation_id = f.conversation_id AND d.outcome = 'assigned' ORDER BY d.id LIMIT 1
    ) g ON true
    WHERE NOT EXISTS (
        SELECT 1 FROM assignment_decision e WHERE e.conversation_id = f.conversation_id AND e.id < f.id
    ) AND (%(people)s::bigint[] IS NULL OR CASE
        WHEN g.at IS NULL THEN v.account_id = ANY(%(accounts)s::bigint[])
        ELSE EXISTS (SELECT 1 FROM jsonb_array_elements_text(g.person_ids) AS p (id)
                     WHERE p.id::bigint = ANY(%(people)s::bigint[]))
    END)
)
SELECT hour, count(*), count(*) FILTER (WHERE at_once), count(seconds),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds), percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds)
FROM entries
GROUP BY GROUPING SETS ((hour), ())
ORDER BY hour
"""


@dataclass(frozen=True, slots=True)
class Entries:
    """What came in, in an hour of the day or in all."""

    arrived: int = 0
    at_once: int = 0  #: its first decision gave it to somebody
    assigned: int = 0  #: by now
    median_seconds: float | None = None  #: from entering to being assigned
    p90_seconds: float | None = None

    @property
    def waited(self) -> int:
        """How much had nobody when it came."""
        return self.arrived - self.at_once


def read_entries(period: Period, scope: Scope) -> tuple[dict[int, Entries], Entries]:
    """Return the entries by hour of the day, and all together (one query)."""
    asked: dict[str, Any] = {
        "since": period.since,
        "until": period.until,
        "zone": period.zone,
        "people": scope.person_ids,
        "accounts": list(scope.account_ids or ()),
    }
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, asked)
        found = {row[0]: Entries(*row[1:]) for row in cursor.fetchall()}
    return {hour: one for hour, one in found.items() if hour is not None}, found.get(None, Entries())
