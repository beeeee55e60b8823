"""
How much each rule handed out lately, and when the last time was.

It walks back along each rule's own turns, never over all decisions, and stops after `MOST_COUNTED`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

#: A week's count beyond this says no more to a person.
MOST_COUNTED = 5_000

#: Served by the index `assignment_decision_turn_once`: the turns of one rule, newest first.
FIGURES = """
SELECT r.id, count(*) FILTER (WHERE t.at >= %(since)s), max(t.at)
FROM unnest(%(rules)s::bigint[]) AS r(id)
CROSS JOIN LATERAL (
    SELECT d.at FROM assignment_decision d
    WHERE d.rule_id = r.id AND d.rule_sequence IS NOT NULL
    ORDER BY d.rule_sequence DESC LIMIT %(most)s
) t
GROUP BY r.id
"""


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """What one rule did."""

    count: int = 0  #: handed out since the instant that was asked about
    last_at: datetime | None = None


def read_rule_figures(rule_ids: Sequence[int], *, since: datetime) -> dict[int, RuleFigures]:
    """Return the figures of these rules by id; a rule that never handed anything out is left out (one query)."""
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, {"rules": list(rule_ids), "since": since, "most": MOST_COUNTED})
        return {rule: RuleFigures(count, last_at) for rule, count, last_at in cursor.fetchall()}
