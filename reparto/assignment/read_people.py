"""
The people of an organization as the engine is told of them, in one query however many there are.

It judges nobody.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from reparto.engine import Agent, Group, Hours, freeze_agent
from reparto.people.holidays_of import holidays_of

#: Rows kept as they were read: from one sitting to the next only those who received have changed.
KEPT = 4096

#: One row a person. What others keep about people is gathered once, and rows are looked up by key, whatever statistics
#: say: while they say that there are none, the planner would gather all of it anew for each person.
PEOPLE = """
WITH asleep AS MATERIALIZED (
    -- What is put off is nobody's load until it comes back; few are, and they have an index.
    SELECT x.person_id, sum(v.effort) AS effort FROM conversations_conversation v
    CROSS JOIN LATERAL (
        SELECT y.person_id FROM conversations_assignee y
        WHERE y.organization_id = v.organization_id AND y.conversation_id = v.id AND y.person_id IS NOT NULL LIMIT 1000
    ) x
    WHERE v.status = 'snoozed' AND v.snoozed_until IS NOT NULL GROUP BY x.person_id
), capped AS MATERIALIZED (
    -- Few have a cap on an account; what they have open there is summed up for them only.
    SELECT y.person_id, jsonb_object_agg(y.account_id, jsonb_build_array(y.cap, t.open)) AS caps
    FROM channels_accountmode y
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(o.effort), 0) AS open FROM conversations_assignee x
        CROSS JOIN LATERAL (
            SELECT v.effort, v.account_id, v.status FROM conversations_conversation v
            WHERE v.organization_id = x.organization_id AND v.id = x.conversation_id LIMIT 1
        ) o
        WHERE x.organization_id = y.organization_id AND x.person_id = y.person_id
          AND o.account_id = y.account_id AND o.status = 'open'
    ) t
    WHERE y.cap IS NOT NULL GROUP BY y.person_id
), modes AS MATERIALIZED (
    SELECT person_id, jsonb_object_agg(account_id, mode) AS modes FROM channels_accountmode GROUP BY person_id
), campaigns AS MATERIALIZED (
    SELECT person_id, jsonb_agg(campaign_id ORDER BY campaign_id) AS campaigns
    FROM people_campaignmember GROUP BY person_id
), hours AS MATERIALIZED (
    SELECT person_id, jsonb_agg(jsonb_build_array(weekday, since, until) ORDER BY weekday, since) AS hours
    FROM people_workinghours GROUP BY person_id
), absences AS MATERIALIZED (
    SELECT person_id, jsonb_agg(jsonb_build_array(since, until) ORDER BY since) AS absences
    FROM people_absence WHERE until > %(at)s GROUP BY person_id
)
SELECT p.id, p.name, p.receives, p.suspended_at IS NOT NULL, p.availability, p.availability_until, p.capacity,
       p.time_zone, p.group_id, greatest(coalesce(l.open, 0) - coalesce(z.effort, 0), 0), l.last_assigned_at, s.seen_at,
       m.modes, c.campaigns, h.hours, a.absences, NOT p.reassign_replies, p.per_hour, p.per_day,
       -- Counted for whoever has a limit; the rows of the others stay equal from one sitting to the next.
       CASE WHEN p.per_hour IS NOT NULL AND l.hour_at = date_trunc('hour', %(at)s::timestamptz, 'UTC')
            THEN l.in_hour ELSE 0 END,
       CASE WHEN p.per_day IS NOT NULL AND l.day = kit_local_time(%(at)s::timestamptz, p.time_zone)::date
            THEN l.in_day ELSE 0 END,
       -- Whoever has no hours works on holidays, too.
       CASE WHEN h.hours IS NOT NULL THEN kit_local_time(%(at)s::timestamptz, p.time_zone)::date END,
       (SELECT country FROM kit_organization WHERE id = p.organization_id), k.caps
FROM people_person p
LEFT JOIN conversations_load l ON l.organization_id = p.organization_id AND l.person_id = p.id
LEFT JOIN people_presence s ON s.organization_id = p.organization_id AND s.person_id = p.id
LEFT JOIN asleep z ON z.person_id = p.id
LEFT JOIN capped k ON k.person_id = p.id
LEFT JOIN modes m ON m.person_id = p.id
LEFT JOIN campaigns c ON c.person_id = p.id
LEFT JOIN hours h ON h.person_id = p.id
LEFT JOIN absences a ON a.person_id = p.id
WHERE p.suspended_at IS NULL OR p.receives
ORDER BY p.id
"""


def read_people(rows: Sequence[tuple[Any, ...]]) -> tuple[dict[int, Agent], dict[int, list[int]]]:
    """Return what the answer to `PEOPLE` (at) says: agents by id, and the people of each group itself."""
    members: dict[int, list[int]] = {}
    for row in rows:
        members.setdefault(row[8], []).append(row[0])
    return {row[0]: _agent(row) for row in rows}, members


def write_people(rows: Sequence[tuple[Any, ...]]) -> str:
    """Return the same people as the JSON object that a sitting keeps of them: `engine.freeze_agent` by id."""
    return "{" + ", ".join([f'"{row[0]}": {_written(row)}' for row in rows]) + "}"


# Both depend on nothing but the row, so whoever reads an equal row gets the very same.
@lru_cache(maxsize=KEPT)
def _written(row: tuple[Any, ...]) -> str:
    return json.dumps(freeze_agent(_agent(row)))


@lru_cache(maxsize=KEPT)
def _agent(row: tuple[Any, ...]) -> Agent:
    capped = {int(account): two for account, two in json.loads(row[23] or "{}").items()}
    return Agent(
        id=row[0],
        name=row[1],
        receives=row[2],
        suspended=row[3],
        availability=row[4],
        away_until=row[5],
        capacity=row[6],
        time_zone=row[7],
        load=row[9],
        last_assigned_at=row[10],
        last_seen_at=row[11],
        modes={int(account): mode for account, mode in json.loads(row[12] or "{}").items()},
        caps={account: cap for account, (cap, _) in capped.items()},
        on_account={account: there for account, (_, there) in capped.items()},
        campaign_ids=frozenset(json.loads(row[13] or "[]")),
        hours=tuple(_hours(*stretch) for stretch in json.loads(row[14] or "[]")),
        keeps_replies=row[16],
        per_hour=row[17],
        per_day=row[18],
        in_hour=row[19],
        in_day=row[20],
        holidays=_holidays(row[7], row[22], row[21]),
        absences=tuple((_instant(since), _instant(until)) for since, until in json.loads(row[15] or "[]")),
    )


def _holidays(time_zone: str, country: str, today: date | None) -> tuple[date, ...]:
    """Return the holidays about a day where somebody is: yesterday's shift may still run, and the next one is told."""
    if today is None:
        return ()
    known = holidays_of(time_zone, country)
    return tuple(day for day in (today + timedelta(days=number) for number in range(-1, 15)) if day in known)


_instant = datetime.fromisoformat


def _hours(weekday: int, since: str, until: str) -> Hours:
    return Hours(weekday, time.fromisoformat(since), time.fromisoformat(until))


def gather_groups(paths: dict[int, str], members: dict[int, list[int]]) -> dict[int, Group]:
    """Return each group with its own and its subgroups' people, in order of id."""
    return {group: Group(group, tuple(sorted(_below(path, paths, members)))) for group, path in paths.items()}


def _below(path: str, paths: dict[int, str], members: dict[int, list[int]]) -> set[int]:
    return {person for group, people in members.items() if paths[group].startswith(path) for person in people}
