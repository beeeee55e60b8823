"""
How soon work was assigned, and how soon whoever was given it followed it up: medians, by person and by channel.

A follow-up is what it is for the criterion that goes by it (`first_follow_up`), while the contact or the conversation
is theirs. What somebody took themself, or answered before it was theirs, tells nothing about how soon they follow up,
and what nobody followed up has no time and is in no median. A median cannot be added up:
beyond some thousands of decisions an even sample of them is asked, so that the cost stays the same.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from reparto.assignment.first_follow_up import first_follow_up
from reparto.kit.choose_period import Period
from reparto.kit.tenancy import CURRENT

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
#: Served by `assignment_decision_by_at` and, for where it ends, `assignment_decision_conv`.
FOLLOWED = f"""
WITH {DRAWN}, given AS (
    SELECT coalesce(c.merged_into_id, c.id) AS contact_id, d.at AS since, p.id::bigint AS person_id,
           coalesce(o.until, (
               SELECT min(n.at) FROM assignment_decision n
               WHERE n.conversation_id = d.conversation_id AND n.id > d.id AND NOT n.person_ids @> p.value
           ), 'infinity') AS until
    FROM drawn JOIN assignment_decision d ON d.at = drawn.at
    JOIN contacts_contact c ON c.id = d.contact_id
    CROSS JOIN LATERAL jsonb_array_elements(d.person_ids) AS e (value)
    CROSS JOIN LATERAL (SELECT e.value, e.value #>> '{{}}' AS id) p
    LEFT JOIN assignment_ownership o
        ON o.contact_id = d.contact_id AND o.decision_id = d.id AND o.person_id = p.id::bigint
    WHERE d.outcome = 'assigned' AND d.undoes IS NULL AND d.route NOT IN ('first_responder', 'call')
      AND NOT (d.route IN ('manual', 'bulk') AND coalesce(d.actor_id = p.id::bigint, false))
      AND (%(people)s::bigint[] IS NULL OR p.id::bigint = ANY(%(people)s::bigint[]))
), answered AS (
    SELECT s.person_id, extract(epoch FROM {first_follow_up(CURRENT)} - s.since)::float8 AS seconds
    FROM given s
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
