"""
What was given to each person, by which way, and how soon they followed it up.

A follow-up is the first call, message, visit or note of that person about that contact since. What somebody took
themself, or answered before it was theirs, tells nothing about how soon they follow up.
"""

from dataclasses import dataclass

from django.db import connection

from reparto.kit.choose_period import Period

from .choose_scope import Scope

#: Served by `assignment_decision_by_at`, `contacts_followup_by_contact` and `conversations_message_thread`.
GIVEN = """
WITH given AS (
    SELECT d.id, d.contact_id, d.at, p.id::bigint AS person_id, CASE
        WHEN d.route IN ('manual', 'bulk') AND d.actor_id = p.id::bigint THEN 'taken' ELSE d.route END AS way
    FROM assignment_decision d CROSS JOIN LATERAL jsonb_array_elements_text(d.person_ids) AS p (id)
    WHERE d.at >= %(since)s AND d.at < %(until)s AND d.outcome = 'assigned' AND d.undoes IS NULL
), answered AS (
    SELECT g.*, CASE WHEN g.way IN ('taken', 'first_responder', 'call') THEN NULL ELSE extract(epoch FROM least(
        (SELECT min(f.at) FROM contacts_followup f
         WHERE f.contact_id = g.contact_id AND f.person_id = g.person_id AND f.at >= g.at),
        (SELECT min(m.created_at) FROM conversations_conversation v
         JOIN conversations_message m ON m.organization_id = v.organization_id AND m.conversation_id = v.id
         WHERE v.contact_id = g.contact_id AND m.author_id = g.person_id AND m.direction = 'out' AND NOT m.private
           AND m.created_at >= g.at)
    ) - g.at)::float8 END AS seconds
    FROM given g
    WHERE %(people)s::bigint[] IS NULL OR g.person_id = ANY(%(people)s::bigint[])
)
SELECT person_id, way, count(DISTINCT id), count(seconds), percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds),
       percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds)
FROM answered
GROUP BY GROUPING SETS ((person_id, way), (person_id), (way), ())
"""


@dataclass(frozen=True, slots=True)
class Given:
    """What was given, and what of it was followed up how soon."""

    count: int = 0
    followed: int = 0
    median_seconds: float | None = None  #: from being given to the first follow-up
    p90_seconds: float | None = None


#: (person, way); None for all of them.
type GivenBy = dict[tuple[int | None, str | None], Given]


def read_given(period: Period, scope: Scope) -> GivenBy:
    """Return what was given by person and way, by person, by way and in all (one query)."""
    asked = {"since": period.since, "until": period.until, "people": scope.person_ids}
    with connection.cursor() as cursor:
        cursor.execute(GIVEN, asked)
        return {(person, way): Given(*rest) for person, way, *rest in cursor.fetchall()}
