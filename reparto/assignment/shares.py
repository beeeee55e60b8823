"""
What each person received from each rule, and what part of it was their due, as stored traces tell: the statement.

Due grows only at decisions at which the person could have received: each is shared out among the chosen one and
whoever else was eligible, by weight where the rule weighs, else equally. It derives no decision again.
"""

from dataclasses import dataclass

#: Parts of a statement, after `fresh`: decisions as (hour, sitting_id, rule_id, rule_version, list); `list` is the
#: number of the candidates among those of the sitting. Decisions of one sitting that chose the same person out of the
#: same pool share it, so that they are counted together. Sittings are found by their key. What is joined is looked up
#: beside each list and never matched as a whole, so that a wrong guess of the planner costs nothing.
SHARES = """
given AS MATERIALIZED (
    SELECT f.hour, f.sitting_id, f.rule_id, f.rule_version, f.list, count(*) AS times
    FROM fresh f WHERE f.list IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5
), targets AS MATERIALIZED (
    SELECT v.number AS rule_version, (r.rule ->> 'id')::bigint AS rule_id, t.place,
           (t.target ->> 'person_id')::bigint AS person_id, t.target ->> 'group_id' AS group_id,
           coalesce((t.target ->> 'weight')::int, 1) AS weight
    FROM rules_rulesetversion v
    CROSS JOIN LATERAL jsonb_array_elements(v.content -> 'rules') AS r (rule)
    CROSS JOIN LATERAL jsonb_array_elements(r.rule -> 'assign_to') WITH ORDINALITY AS t (target, place)
    WHERE v.number IN (SELECT rule_version FROM given) AND r.rule ->> 'strategy' = 'weighted'
), shares AS (
    SELECT g.hour, g.rule_id, g.rule_version, g.times, able.*
    FROM given g
    JOIN assignment_sitting s ON s.id = g.sitting_id
    CROSS JOIN LATERAL (
        SELECT s.traces -> 'lists' -> g.list AS numbers, s.traces -> 'candidates' AS cards OFFSET 0
    ) said
    CROSS JOIN LATERAL (
        SELECT c.person_id, c.chosen, coalesce(w.weight, 1)::float8 / sum(coalesce(w.weight, 1)) OVER () AS share
        FROM (
            SELECT (card ->> 'person_id')::bigint AS person_id, card ->> 'verdict' = 'chosen' AS chosen
            FROM jsonb_array_elements(said.numbers) AS n (number)
            -- One considered for this item alone is written out, and is no rule's.
            CROSS JOIN LATERAL (
                SELECT CASE WHEN jsonb_typeof(n.number) = 'number' THEN said.cards -> n.number::int END OFFSET 0
            ) AS k (card)
            WHERE card ->> 'verdict' IN ('chosen', 'eligible') AND (card ->> 'rule_id')::bigint = g.rule_id
        ) c
        LEFT JOIN LATERAL (
            -- The first mention counts: by name, or as one of a group as it was at that sitting.
            SELECT t.weight FROM targets t
            WHERE t.rule_version = g.rule_version AND t.rule_id = g.rule_id AND (t.person_id = c.person_id
                OR s.shared -> 'groups' -> t.group_id -> 'member_ids' @> to_jsonb(c.person_id))
            ORDER BY t.place LIMIT 1
        ) w ON true
    ) able
)"""


@dataclass(frozen=True, slots=True)
class Share:
    """What one person got from one rule, and what was their due."""

    rule_id: int
    person_id: int
    rule_version: int  #: the latest one that decided
    due: float
    received: int
