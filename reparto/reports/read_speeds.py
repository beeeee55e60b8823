"""
How soon work was assigned, and how soon whoever was given it followed it up: medians, by person and by channel.

A follow-up is the first call, message, visit or note of that person about that contact since. What somebody took
themself, or answered before it was theirs, tells nothing about how soon they follow up. A median cannot be added up:
beyond some thousands of decisions an even sample of them is asked, so that the cost stays the same.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from reparto.kit.choose_period import Period

from .choose_scope import Scope

#: Of more decisions than these, so many are asked.
MOST = 20_000

#: The instants of the sample, drawn from the index `assignment_decision_by_at` alone: what was decided in one sitting
#: is taken or left together.
DRAWN = """
drawn AS MATERIALIZED (
    SELECT DISTINCT d.at FROM assignment_decision d
    WHERE d.at >= %(since)s AND d.at < %(until)s
      AND (hashint8((extract(epoch FROM d.at) * 1000000)::bigint) & 2147483647) %% %(every)s = 0
)"""
#: Served by `assignment_decision_by_at`, `contacts_followup_by_contact` and `conversations_message_thread`.
FOLLOWED = f"""
WITH {DRAWN}, given AS (
    SELECT d.contact_id, d.at, p.id::bigint AS person_id
    FROM drawn JOIN assignment_decision d ON d.at = drawn.at
    CROSS JOIN LATERAL jsonb_array_elements_text(d.person_ids) AS p (id)
    WHERE d.outcome = 'assigned' AND d.undoes IS NULL AND d.route NOT IN ('first_responder', 'call')
      AND NOT (d.route IN ('manual', 'bulk') AND coalesce(d.actor_id = p.id::bigint, false))
      AND (%(people)s::bigint[] IS NULL OR p.id::bigint = ANY(%(people)s::bigint[]))
), answered AS (
    SELECT g.person_id, extract(epoch FROM least(
        (SELECT min(f.at) FROM contacts_followup f
         WHERE f.contact_id = g.contact_id AND f.person_id = g.person_id AND f.at >= g.at),
        (SELECT min(m.created_at) FROM conversations_conversation v
         JOIN conversations_message m ON m.organization_id = v.organization_id AND m.conversation_id = v.id
         WHERE v.contact_id = g.contact_id AND m.author_id = g.person_id AND m.direction = 'out' AND NOT m.private
           AND m.created_at >= g.at)
    ) - g.at)::float8 AS seconds
    FROM given g
)
SELECT person_id, count(seconds), percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds),
       percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds)
FROM answered GROUP BY GROUPING SETS ((person_id), ())
"""
#: An entry is a conversation at its first decision. Served by `assignment_decision_conv`.
ASSIGNED = f"""
WITH {DRAWN}, entries AS (
    SELECT a.kind, greatest(extract(epoch FROM g.at - v.opened_at), 0)::float8 AS seconds
    FROM drawn JOIN assignment_decision d ON d.at = drawn.at
    JOIN conversations_conversation v ON v.id = d.conversation_id
    JOIN channels_account a ON a.id = v.account_id
    CROSS JOIN LATERAL (
        SELECT x.at, x.person_ids FROM assignment_decision x
        WHERE x.conversation_id = d.conversation_id AND x.outcome = 'assigned' ORDER BY -x.id DESC LIMIT 1
    ) g
    WHERE NOT EXISTS (
        SELECT 1 FROM assignment_decision e WHERE e.conversation_id = d.conversation_id AND e.id < d.id
    ) AND (%(people)s::bigint[] IS NULL OR (g.person_ids ->> 0)::bigint = ANY(%(people)s::bigint[]))
)
SELECT kind, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds),
       percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds)
FROM entries GROUP BY GROUPING SETS ((kind), ())
"""


@dataclass(frozen=True, slots=True)
class Speed:
    """How many there were, and how long they took."""

    count: int = 0
    median_seconds: float | None = None
    p90_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Speeds:
    """All of them."""

    followed: dict[int | None, Speed] = field(default_factory=dict)  #: by person; None: all
    assigned: dict[str | None, Speed] = field(default_factory=dict)  #: by channel; None: all
    every: int = 1  #: one of so many was asked


def read_speeds(period: Period, scope: Scope, *, decisions: int) -> Speeds:
    """Return the speeds of a period that has about so many decisions (two queries)."""
    every = max(1, -(-decisions // MOST))
    asked = {"since": period.since, "until": period.until, "people": scope.person_ids, "every": every}
    return Speeds(_read(FOLLOWED, asked, every), _read(ASSIGNED, asked, every), every)


def _read(statement: str, asked: dict[str, Any], every: int) -> dict[Any, Speed]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return {key: Speed(count * every, median, p90) for key, count, median, p90 in cursor.fetchall()}
