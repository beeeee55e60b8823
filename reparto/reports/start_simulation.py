"""
Begin to replay a period through rules, as work in the background whose result is kept.

It replays nothing itself: a worker does.
"""

from dataclasses import dataclass
from datetime import datetime

from reparto.assignment.read_sittings import find_period
from reparto.engine import RuleSet, freeze_rule_set
from reparto.kit.jobs import wake
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .check_period import check_period
from .models import Simulation


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be replayed: rules, whether they are those in force, what they are called, and the period."""

    rule_set: RuleSet
    since: datetime
    until: datetime
    name: str = ""
    drafted: bool = False  #: rules that are not those in force


def start_simulation(asked: Asked, *, actor: Actor, at: datetime) -> Simulation:
    """
    Return a simulation that runs.

    Raises:
        NotAllowed: The actor does not manage rules.
        Invalid: The period makes no sense.

    """
    check(actor, "rules.manage")
    check_period(asked.since, asked.until, most=None)
    simulation = Simulation.objects.create(
        organization_id=actor.organization_id,
        asked_by_id=actor.person_id,
        name=asked.name[:200],
        version=None if asked.drafted else asked.rule_set.version,
        rules=freeze_rule_set(asked.rule_set),
        since=asked.since,
        until=asked.until,
        total=find_period(asked.since, asked.until).count,
        created_at=at,
    )
    wake("simulate", actor.organization_id)
    return simulation
