"""
When sweeps gave contacts to somebody, as far as that is known: a sweep that gave nothing leaves no trace.

It changes nothing; whoever asks has entered the organization.
"""

from datetime import datetime

from django.db import connection

#: A sweep's decisions are a rule's, and about contacts alone; so are those of leads, which no rule waited for.
SWEEPS = """
SELECT DISTINCT at FROM assignment_sitting
WHERE id IN (SELECT sitting_id FROM assignment_decision
             WHERE at >= %(since)s AND at < %(until)s AND conversation_id IS NULL AND rule_id IS NOT NULL)
  AND items -> 0 ? 'due_rule_ids'
ORDER BY at
"""


def read_sweeps(since: datetime, until: datetime) -> list[datetime]:
    """Return the instants from one to before another at which a sweep gave something, soonest first (one query)."""
    with connection.cursor() as cursor:
        cursor.execute(SWEEPS, {"since": since, "until": until})
        return [at for (at,) in cursor.fetchall()]
