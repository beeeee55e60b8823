"""
How many people were there, by hour of the viewer's day: as the desk saw them when it decided.

What each sitting was told of the people is kept with it; a few sittings an hour are asked, so that the cost
follows the length of the period and not the number of decisions. In an hour without any decision nobody looked.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from reparto.kit.choose_period import Period

from .choose_scope import Scope

#: One sitting is asked in each stretch of this length; in long periods stretches are longer.
STRETCH = timedelta(minutes=15)
MOST_STRETCHES = 750

PRESENCE = """
WITH sampled AS (
    SELECT slot.at, s.at AS seen_from, s.shared
    FROM generate_series(%(since)s::timestamptz, %(until)s::timestamptz, %(stretch)s::interval) AS slot (at)
    CROSS JOIN LATERAL (
        SELECT d.sitting_id FROM assignment_decision d
        WHERE d.at >= slot.at AND d.at < least(slot.at + %(stretch)s::interval, %(until)s) AND d.sitting_id IS NOT NULL
        ORDER BY d.at LIMIT 1
    ) d
    JOIN assignment_sitting s ON s.id = d.sitting_id
), counted AS (
    SELECT extract(hour FROM s.at AT TIME ZONE %(zone)s)::int AS hour, (
        SELECT count(*) FROM jsonb_each(s.shared -> 'agents') AS a (id, said)
        WHERE (%(people)s::bigint[] IS NULL OR a.id::bigint = ANY(%(people)s::bigint[]))
          AND coalesce((a.said ->> 'receives')::bool, true) AND NOT coalesce((a.said ->> 'suspended')::bool, false)
          AND (coalesce(a.said ->> 'availability', 'available') = 'available'
               OR (a.said ->> 'away_until')::timestamptz <= s.seen_from)
          AND (NOT coalesce((s.shared #>> '{policy,sign_of_life}')::bool, true)
               OR (a.said ->> 'last_seen_at')::timestamptz >= s.seen_from
                  - make_interval(secs => coalesce((s.shared #>> '{policy,grace_seconds,whatsapp}')::float8, 600)))
    ) AS present
    FROM sampled s
)
SELECT hour, avg(present)::float8 FROM counted GROUP BY hour ORDER BY hour
"""


def read_presence(period: Period, scope: Scope, *, at: datetime) -> dict[int, float]:
    """Return the mean number of people present by hour of the day; hours nobody looked at are left out (one query)."""
    until = min(period.until, at)
    if until <= period.since:
        return {}
    asked: dict[str, Any] = {
        "since": period.since,
        "until": until,
        "stretch": max(STRETCH, (until - period.since) / MOST_STRETCHES),
        "zone": period.zone,
        "people": scope.person_ids,
    }
    with connection.cursor() as cursor:
        cursor.execute(PRESENCE, asked)
        return dict(cursor.fetchall())
