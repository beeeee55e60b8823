"""
Who could take work now and where the turns stand, as the engine is told, without anything that waits.

For looking only: it takes no lock, and what it says may have changed when somebody decides.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from reparto.engine import Agent, Cursor, Group, Policy, thaw_cursor

from .read_people import PEOPLE, gather_groups, read_people
from .take_snapshot import policy_of

SHARED = """
SELECT (SELECT settings FROM kit_organization),
       (SELECT jsonb_object_agg(id, path) FROM people_group),
       (SELECT jsonb_object_agg(rule_id, state) FROM assignment_cursor)
"""


@dataclass(frozen=True, slots=True)
class Bench:
    """People, groups, turns and policy."""

    agents: Mapping[int, Agent]
    groups: Mapping[int, Group]
    cursors: Mapping[int, Cursor]
    policy: Policy


def read_bench(*, at: datetime) -> Bench:
    """Return the bench of the entered organization (two queries)."""
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, {"at": at})
        agents, members = read_people(cursor.fetchall())
        cursor.execute(SHARED)
        settings, paths, cursors = (json.loads(part or "{}") for part in cursor.fetchone())
    return Bench(
        agents=agents,
        groups=gather_groups({int(group): path for group, path in paths.items()}, members),
        cursors={int(rule): thaw_cursor(state) for rule, state in cursors.items()},
        policy=policy_of(settings),
    )
