"""
How many people were there, by hour of the viewer's day: as the desk saw them when it decided.

What each sitting was told of the people is kept with it; a few sittings an hour are asked, so that the cost
follows the length of the period and not the number of decisions. In an hour without any decision nobody looked.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from statistics import fmean
from typing import Any

from django.db import connection

from reparto.engine import Ask, Policy, standing_refusal, thaw_snapshot
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
)
SELECT extract(hour FROM s.at AT TIME ZONE %(zone)s)::int, s.seen_from, p.present, p.planned
FROM sampled s
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE a.said -> 'hours' IS NULL) AS present,
           jsonb_agg(a.said) FILTER (WHERE a.said -> 'hours' IS NOT NULL) AS planned
    FROM jsonb_each(s.shared -> 'agents') AS a (id, said)
    WHERE (%(people)s::bigint[] IS NULL OR a.id::bigint = ANY(%(people)s::bigint[]))
      AND coalesce((a.said ->> 'receives')::bool, true) AND NOT coalesce((a.said ->> 'suspended')::bool, false)
      AND (coalesce(a.said ->> 'availability', 'available') = 'available'
           OR (a.said ->> 'away_until')::timestamptz <= s.seen_from)
      AND (NOT coalesce((s.shared #>> '{policy,sign_of_life}')::bool, true)
           OR (a.said ->> 'last_seen_at')::timestamptz >= s.seen_from
              - make_interval(secs => coalesce((s.shared #>> '{policy,grace_seconds,whatsapp}')::float8, 600)))
      AND NOT EXISTS (SELECT FROM jsonb_array_elements(a.said -> 'absences') AS away (span)
                      WHERE (span ->> 0)::timestamptz <= s.seen_from AND s.seen_from < (span ->> 1)::timestamptz)
) p
"""
#: What says of somebody when they work.
PLAN = ("id", "hours", "holidays", "time_zone")
ANY = Ask(account_id=None, channel=None, campaign_id=None)


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
    found: dict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(PRESENCE, asked)
        for hour, moment, present, planned in cursor.fetchall():
            found[hour].append(present + _on_shift(json.loads(planned or "[]"), at=moment))
    return {hour: fmean(counts) for hour, counts in sorted(found.items())}


def _on_shift(people: Sequence[Mapping[str, Any]], *, at: datetime) -> int:
    """How many of those who have working hours are within them, as the engine was told."""
    told = {str(place): {name: one[name] for name in PLAN if name in one} for place, one in enumerate(people)}
    agents = thaw_snapshot({"at": at.isoformat(), "agents": told}, ()).agents.values()
    return sum(standing_refusal(one, ANY, at=at, policy=Policy()) is None for one in agents)
