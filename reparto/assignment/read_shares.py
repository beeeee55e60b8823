"""
What each person received from each rule, and what part of it was their due, as stored traces tell.

Due grows only at decisions at which the person could have received: each is shared out among the chosen one and
whoever else was eligible, by weight where the rule weighs, else equally. It derives no decision again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

#: Decisions of one sitting that chose the same person out of the same pool share a list of candidates, so that they
#: are counted together. Served by the index `assignment_decision_by_at`; of sittings, only the traces are read.
SHARES = """
WITH given AS MATERIALIZED (
    SELECT d.sitting_id, d.rule_id, d.rule_version, (d.trace ->> 'candidates')::int AS list, count(*) AS times
    FROM assignment_decision d
    WHERE d.at >= %(since)s AND d.at < %(until)s AND d.route = 'rule' AND d.sitting_id IS NOT NULL
    GROUP BY 1, 2, 3, 4
), shared AS MATERIALIZED (
    SELECT s.id, s.traces -> 'lists' AS lists, s.traces -> 'candidates' AS cards
    FROM assignment_sitting s WHERE s.id IN (SELECT sitting_id FROM given)
), cards AS MATERIALIZED (
    SELECT s.id, (c.number - 1)::text AS number, (c.card ->> 'person_id')::bigint AS person_id,
           (c.card ->> 'rule_id')::bigint AS rule_id, c.card ->> 'verdict' = 'chosen' AS chosen
    FROM shared s CROSS JOIN LATERAL jsonb_array_elements(s.cards) WITH ORDINALITY AS c (card, number)
    WHERE c.card ->> 'verdict' IN ('chosen', 'eligible')
), able AS (
    SELECT g.sitting_id, g.list, g.rule_id, g.rule_version, g.times, k.person_id, k.chosen
    FROM given g
    JOIN shared s ON s.id = g.sitting_id
    CROSS JOIN LATERAL jsonb_array_elements_text(s.lists -> g.list) AS n (number)
    JOIN cards k ON k.id = g.sitting_id AND k.rule_id = g.rule_id AND k.number = n.number
), targets AS MATERIALIZED (
    SELECT v.number AS rule_version, (r.rule ->> 'id')::bigint AS rule_id, t.place,
           (t.target ->> 'person_id')::bigint AS person_id, t.target ->> 'group_id' AS group_id,
           coalesce((t.target ->> 'weight')::int, 1) AS weight
    FROM rules_rulesetversion v
    CROSS JOIN LATERAL jsonb_array_elements(v.content -> 'rules') AS r (rule)
    CROSS JOIN LATERAL jsonb_array_elements(r.rule -> 'assign_to') WITH ORDINALITY AS t (target, place)
    WHERE v.number IN (SELECT rule_version FROM given) AND r.rule ->> 'strategy' = 'weighted'
), weighed AS (
    SELECT a.*, coalesce(w.weight, 1) AS weight
    FROM able a LEFT JOIN LATERAL (
        -- The first mention counts: by name, or as one of a group as it was at that sitting.
        SELECT t.weight FROM targets t
        WHERE t.rule_version = a.rule_version AND t.rule_id = a.rule_id AND (t.person_id = a.person_id OR (
            SELECT s.shared -> 'groups' -> t.group_id -> 'member_ids' @> to_jsonb(a.person_id)
            FROM assignment_sitting s WHERE s.id = a.sitting_id))
        ORDER BY t.place LIMIT 1
    ) w ON true
), shares AS (
    SELECT w.*, w.weight::float8 / sum(w.weight) OVER (PARTITION BY sitting_id, rule_id, rule_version, list) AS share
    FROM weighed w
)
SELECT rule_id, person_id, max(rule_version), sum(times * share), coalesce(sum(times) FILTER (WHERE chosen), 0)::bigint
FROM shares
WHERE %(people)s::bigint[] IS NULL OR person_id = ANY(%(people)s::bigint[])
GROUP BY rule_id, person_id
ORDER BY rule_id, person_id
"""


@dataclass(frozen=True, slots=True)
class Share:
    """What one person got from one rule, and what was their due."""

    rule_id: int
    person_id: int
    rule_version: int  #: the latest one that decided
    due: float
    received: int


def read_shares(*, since: datetime, until: datetime, people: Collection[int] | None = None) -> list[Share]:
    """Return the shares of these people (all: None) in the decisions of a time, `until` excluded (one query)."""
    asked = {"since": since, "until": until, "people": None if people is None else list(people)}
    with connection.cursor() as cursor:
        cursor.execute(SHARES, asked)
        return [Share(*row) for row in cursor.fetchall()]
