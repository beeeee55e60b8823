"""
The part of a statement that keeps loads true: how much people have open, and how many they were given of late.

SQL only, for whoever writes in bulk. It reads a part `moved (person_id, effort, number)`, in which what goes has a
negative effort and `number` is 1 for what was given, and the parameters `organization` and `at` (null: nothing was).
"""

from typing import Final

#: Another hour, or a later day where the person is, begins at zero: who travels west has no day twice.
LOADS: Final = """
    INSERT INTO conversations_load AS l
        (organization_id, person_id, open, last_assigned_at, hour_at, in_hour, day, in_day)
    SELECT %(organization)s, p.id, m.effort, CASE WHEN m.number > 0 THEN %(at)s::timestamptz END,
           date_trunc('hour', %(at)s::timestamptz, 'UTC'), m.number,
           kit_local_time(%(at)s::timestamptz, p.time_zone)::date, m.number
    FROM (SELECT person_id, sum(effort) AS effort, sum(number) AS number FROM moved GROUP BY person_id) m
    JOIN people_person p ON p.organization_id = %(organization)s AND p.id = m.person_id
    ORDER BY p.id
    ON CONFLICT (organization_id, person_id) DO UPDATE
    SET open = l.open + EXCLUDED.open, last_assigned_at = coalesce(EXCLUDED.last_assigned_at, l.last_assigned_at),
        in_hour = EXCLUDED.in_hour + CASE WHEN l.hour_at <> EXCLUDED.hour_at THEN 0 ELSE l.in_hour END,
        in_day = EXCLUDED.in_day + CASE WHEN l.day < EXCLUDED.day THEN 0 ELSE l.in_day END,
        hour_at = coalesce(EXCLUDED.hour_at, l.hour_at), day = greatest(EXCLUDED.day, l.day)
"""
