"""
Who could take work now and where the turns stand, as the engine is told, without anything that waits.

For looking only: it takes no lock, and what it says may have changed when somebody decides.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db import connection

from reparto.engine import (
    Agent,
    Cursor,
    Decision,
    Figures,
    Group,
    Policy,
    RuleSet,
    Snapshot,
    WorkItem,
    decide,
    thaw_cursor,
)
from reparto.kit.organizations import this_organization

from .keep_measure import STORED, read_kept
from .measure_people import Measured, figures_of, measure_people, needs_figures, read_measured
from .read_people import PEOPLE, gather_groups, read_people
from .take_snapshot import days_of, policy_of

SHARED = f"""
SELECT (SELECT settings FROM kit_organization),
       (SELECT jsonb_object_agg(id, path) FROM people_group),
       (SELECT jsonb_object_agg(rule_id, state) FROM assignment_cursor),
       ({STORED})
"""


@dataclass(frozen=True)
class Bench:
    """People, groups, turns and policy."""

    agents: Mapping[int, Agent]
    groups: Mapping[int, Group]
    cursors: Mapping[int, Cursor]
    policy: Policy
    at: datetime
    kept: Measured | None  #: people's results, if the desk measured them lately
    days: int  #: how far back they look

    def figures(self, rule_set: RuleSet) -> dict[int, dict[int, Figures]]:
        """Return what rules that go by results are told of these people."""
        return figures_of(rule_set, self._measured, people=self.agents) if needs_figures(rule_set) else {}

    def decide(self, item: WorkItem, rule_set: RuleSet, *, at: datetime) -> Decision:
        """Return what would be decided of one item alone."""
        snapshot = Snapshot(
            at=at,
            items=(item,),
            agents=self.agents,
            groups=self.groups,
            rule_set=rule_set,
            cursors=self.cursors,
            figures=self.figures(rule_set),
            policy=self.policy,
        )
        (decision,) = decide(snapshot)
        return decision

    @cached_property
    def _measured(self) -> Measured:
        """What the desk would measure; nothing is written by looking."""
        if self.kept is not None:
            return self.kept
        return read_measured(measure_people(this_organization().pk, days=self.days, at=self.at))


def read_bench(*, at: datetime) -> Bench:
    """Return the bench of the entered organization (two queries)."""
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, {"at": at})
        agents, members = read_people(cursor.fetchall())
        cursor.execute(SHARED)
        *shared, stored = cursor.fetchone()
    settings, paths, cursors = (json.loads(part or "{}") for part in shared)
    days = days_of(settings)
    return Bench(
        agents=agents,
        groups=gather_groups({int(group): path for group, path in paths.items()}, members),
        cursors={int(rule): thaw_cursor(state) for rule, state in cursors.items()},
        policy=policy_of(settings),
        at=at,
        kept=read_kept(stored, days=days, at=at),
        days=days,
    )
