"""
Measure people's results over a window, for the criteria that go by them: who closes, and who follows up soon.

It reads the ledger, sales and follow-ups in one statement, ranks nobody, and writes nothing.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from reparto.engine import Figures, RuleSet, Strategy

from .first_follow_up import first_follow_up

#: Criterion → person → what the engine is told of them.
type Measured = Mapping[str, Mapping[int, Figures]]

RANKED: Final[tuple[Strategy, ...]] = ("close_rate", "followup_speed")

#: A contact counts once for whoever received it in the window, however often they did. `close_rate`: of these, those
#: that bought from them. `followup_speed`: all the time until a contact was followed up, or that it has been waiting
#: (until now, or until it went to somebody else), shared among those that were: whoever follows up nobody is slow. A
#: public answer and an answered call follow up too; what somebody took themself tells nothing of how soon they do.
#: Spans are found by `assignment_ownership_since`, the rest by the indexes of its contact and conversation.
MEASURE = f"""
WITH spans AS MATERIALIZED (
    SELECT o.person_id, coalesce(c.merged_into_id, c.id) AS contact_id, o.since,
           least(coalesce(o.until, %(at)s), %(at)s) AS until,
           coalesce(b.route IN ('first_responder', 'call') OR b.actor_id = o.person_id, false) AS taken
    FROM assignment_ownership o
    LEFT JOIN assignment_decision b ON b.organization_id = %(organization)s AND b.id = o.decision_id
    JOIN contacts_contact c ON c.organization_id = o.organization_id AND c.id = o.contact_id
    WHERE o.organization_id = %(organization)s AND o.since > %(since)s AND o.since <= %(at)s
      AND NOT EXISTS (SELECT FROM assignment_decision d
                      WHERE d.organization_id = %(organization)s AND d.undoes = o.decision_id)
), received AS (
    SELECT person_id, contact_id FROM spans GROUP BY person_id, contact_id
), closed AS (
    SELECT r.person_id, count(*) AS received, count(*) FILTER (WHERE EXISTS (
        SELECT FROM contacts_sale s
        WHERE s.organization_id = %(organization)s AND s.contact_id = r.contact_id AND s.seller_id = r.person_id
          AND s.cancelled_at IS NULL AND s.at > %(since)s AND s.at <= %(at)s
    )) AS sold
    FROM received r GROUP BY r.person_id
), followed AS (
    SELECT s.person_id, count(f.at) AS made,
           sum(floor(extract(epoch FROM coalesce(f.at, s.until) - s.since)))::bigint AS seconds
    FROM spans s
    LEFT JOIN LATERAL (
        SELECT {first_follow_up("%(organization)s")} AS at
    ) f ON true
    WHERE NOT s.taken
    GROUP BY s.person_id
)
SELECT jsonb_build_object(
    'close_rate', (SELECT coalesce(jsonb_object_agg(person_id, jsonb_build_array(sold, received)), '{{}}') FROM closed),
    'followup_speed', (SELECT coalesce(jsonb_object_agg(person_id, jsonb_build_array(seconds, made)), '{{}}')
                       FROM followed)
)
"""


def needs_figures(rule_set: RuleSet) -> bool:
    """Say whether any rule goes by people's results."""
    return any(rule.active and rule.strategy in RANKED for rule in rule_set.rules)


def measure_people(organization_id: int, *, days: int, at: datetime) -> str:
    """Return the results of the `days` before an instant, as JSON: criterion → person → [successes, attempts]."""
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"organization": organization_id, "at": at, "since": at - timedelta(days=days)}
        cursor.execute(MEASURE, asked)
        return str(cursor.fetchone()[0])


def read_measured(written: str) -> Measured:
    """Return what `measure_people` wrote."""
    stored = json.loads(written)
    return {name: {int(one): Figures(*pair) for one, pair in people.items()} for name, people in stored.items()}


def figures_of(rule_set: RuleSet, measured: Measured, *, people: Iterable[int]) -> dict[int, dict[int, Figures]]:
    """Return what each rule that goes by results is told of these people, by rule."""
    told = {name: {one: of[one] for one in people if one in of} for name, of in measured.items()}
    return {rule.id: told.get(rule.strategy, {}) for rule in rule_set.rules if rule.active and rule.strategy in RANKED}
