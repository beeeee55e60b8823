"""
What decisions add up to, hour by hour: who received and was due what, who was given what, what came in.

One statement for both readers: the worker adds it to the stored sums, and a page adds what no worker has seen yet. So
both say the same. Decisions of an organization become visible in the order of their ids, for all are written under
the desk: whatever is not beyond a number has been seen. The statement is all that is here; it is run elsewhere.
"""

from reparto.assignment.shares import SHARES

#: Decisions with ids from beyond `after` to `upto`, and of an instant from `since` on. Hours begin at `origin` and each
#: hour after it. Rows are (hour, person, rule, account, way, …): shares have a rule, what was given has a way, entries
#: neither; person 0 is nobody, account 0 none. An entry is a conversation in the hour of its first decision; it counts
#: for nobody until it is given to somebody, then for whoever is named first. Served by `assignment_decision_key` or
#: `assignment_decision_by_at`, and by `assignment_decision_conv`.
TALLY = f"""
WITH fresh AS MATERIALIZED (
    SELECT date_bin('1 hour', d.at, %(origin)s::timestamptz) AS hour, d.conversation_id, d.outcome, d.route, d.actor_id,
           d.person_ids, d.undoes, d.sitting_id, d.rule_id, d.rule_version,
           CASE WHEN d.route = 'rule' AND d.sitting_id IS NOT NULL THEN (d.trace ->> 'candidates')::int END AS list
    FROM assignment_decision d
    WHERE d.id > %(after)s AND d.id <= %(upto)s AND d.at >= %(since)s::timestamptz
), {SHARES}, gifts AS (
    SELECT f.hour, p.id::bigint AS person_id, coalesce(v.account_id, 0) AS account_id, CASE
        WHEN f.route IN ('manual', 'bulk') AND f.actor_id = p.id::bigint THEN 'taken' ELSE f.route END AS way
    FROM fresh f
    CROSS JOIN LATERAL jsonb_array_elements_text(f.person_ids) AS p (id)
    LEFT JOIN conversations_conversation v ON v.id = f.conversation_id
    WHERE f.outcome = 'assigned' AND f.undoes IS NULL
), begun AS (
    SELECT date_bin('1 hour', b.at, %(origin)s::timestamptz) AS hour, v.account_id, b.id > %(after)s AS came, b.at_once,
           coalesce(g.id > %(after)s, false) AS went, coalesce(g.person_id, 0) AS person_id
    FROM (SELECT DISTINCT conversation_id FROM fresh WHERE conversation_id IS NOT NULL) t
    JOIN conversations_conversation v ON v.id = t.conversation_id
    CROSS JOIN LATERAL (
        SELECT d.id, d.at, d.outcome = 'assigned' AS at_once FROM assignment_decision d
        WHERE d.conversation_id = t.conversation_id ORDER BY -d.id DESC LIMIT 1
    ) b
    LEFT JOIN LATERAL (
        SELECT d.id, (d.person_ids ->> 0)::bigint AS person_id FROM assignment_decision d
        WHERE d.conversation_id = t.conversation_id AND d.outcome = 'assigned' AND d.id <= %(upto)s
        ORDER BY -d.id DESC LIMIT 1
    ) g ON true
), told (hour, person_id, rule_id, account_id, way, rule_version, received, due, given, arrived, at_once, assigned) AS (
    SELECT hour, person_id, rule_id, 0, '', max(rule_version), coalesce(sum(times) FILTER (WHERE chosen), 0)::bigint,
           sum(times * share), 0, 0, 0, 0
    FROM shares GROUP BY hour, person_id, rule_id
    UNION ALL SELECT hour, person_id, 0, account_id, way, 0, 0, 0, count(*), 0, 0, 0
    FROM gifts GROUP BY hour, person_id, account_id, way
    UNION ALL SELECT hour, 0, 0, account_id, '', 0, 0, 0, 0, 1, 0, 0 FROM begun WHERE came
    UNION ALL SELECT hour, 0, 0, account_id, '', 0, 0, 0, 0, -1, 0, 0 FROM begun WHERE went
    UNION ALL SELECT hour, person_id, 0, account_id, '', 0, 0, 0, 0, 1, at_once::int, 1 FROM begun WHERE went
)
SELECT hour, person_id, rule_id, account_id, way, max(rule_version) AS rule_version, sum(received)::bigint AS received,
       sum(due) AS due, sum(given)::bigint AS given, sum(arrived)::bigint AS arrived, sum(at_once)::bigint AS at_once,
       sum(assigned)::bigint AS assigned
FROM told GROUP BY hour, person_id, rule_id, account_id, way
"""
#: Beyond any decision.
LAST = 2**63 - 1
