"""
Decide a parcel of contacts that a sweep found late, and make it so: lock → look again → decide → record → tell.

One transaction; whatever was done about a contact until it holds the rows counts. What it did is done when the worker
dies afterwards: a contact that was moved is not late any more.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from reparto import engine
from reparto.kit.prepared import prepared_cursor
from reparto.notifications.notify_assignees import Told, notify_assignees
from reparto.notifications.notify_ended import notify_ended

from .find_ended import find_ended
from .lock_desk import lock_desk
from .read_limits import Limit
from .read_line import Waits
from .take_late import Late, take_late
from .take_snapshot import Taken, gather_snapshot
from .turn_round import turn_round
from .write_decisions import Made, Order, tags
from .write_moves import Turn, write_moves, write_turns


class RulesChanged(Exception):
    """Other rules are in force than those by which the contacts were found."""


def move_late(
    organization_id: int, contact_ids: Sequence[int], limits: Sequence[Limit], *, version: int, at: datetime, key: str
) -> int:
    """
    Give those of these contacts that are late to somebody else; return how many went.

    The caller has entered the organization. `key` names the sweep: whoever is given several hears of them once.

    Raises:
        RulesChanged: The limits are not those of the version in force; nothing was moved.

    """
    lock_desk(organization_id)
    late = take_late(organization_id, contact_ids, limits, at=at)
    if not late:
        return 0
    taken = _take(organization_id, late, at=at)
    if taken.snapshot.rule_set.version != version:
        raise RulesChanged(f"Version {taken.snapshot.rule_set.version} is in force, not {version}.")
    decisions = engine.decide(taken.snapshot)
    pairs = list(zip(late, decisions, strict=True))
    turned = [(one, turn) for one, decision in pairs if (turn := turn_round(one, decision, limits, at=at)) is not None]
    turns = [turn for _, turn in turned]
    ended = find_ended((one, turn) for one, turn in turned if not one.had_ended)
    made = [
        Made(waits, decision, place)
        for place, (waits, decision) in enumerate(zip(taken.line, decisions, strict=True))
        if decision.outcome == "assigned"
    ]
    with connection.connection.pipeline():
        _record(organization_id, taken, made, turns, at=at)
        notify_assignees(organization_id, [_told(one) for one in made], at=at, key=key)
        notify_ended(organization_id, ended, at=at)
    return len(made)


def _take(organization_id: int, late: Sequence[Late], *, at: datetime) -> Taken:
    """What the engine is told: the same as at any sitting, with these contacts as what is to be decided."""
    line = [Waits(one.item, decision_id=one.decision_id, outcome="", reason="", closed=False) for one in late]
    return gather_snapshot(organization_id, line, at=at)


def _record(organization_id: int, taken: Taken, made: Sequence[Made], turns: Sequence[Turn], *, at: datetime) -> None:
    with prepared_cursor() as cursor:
        order = Order(cursor, organization_id, at)
        write_moves(order, taken, made)
        tags(order, made)
        write_turns(order, turns)


def _told(one: Made) -> Told:
    decision, item = one.decision, one.waits.item
    return Told(
        person_ids=decision.person_ids,
        contact_id=item.contact_id,
        conversation_id=None,
        decision_id=one.waits.decision_id,
        template_id=decision.template_id,
        rule_id=decision.rule_id,
    )
