"""
Decide a parcel of contacts that a sweep found late, and make it so: lock → look again → decide → record → tell.

One transaction; whatever was done about a contact until it holds the rows counts. What it did is done when the worker
dies afterwards: a contact that was moved is not late any more.
"""

from collections.abc import Sequence
from dataclasses import replace
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
from .write_decisions import Made, Order, tags
from .write_moves import Turn, write_moves, write_turns

#: How many times a contact goes around all who can receive before it waits for a supervisor.
MOST_ROUNDS = 2


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
    turned = [(one, turn) for one, decision in pairs if (turn := _turn(one, decision, at=at)) is not None]
    turns, ended = [turn for _, turn in turned], find_ended(turned)
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


def _turn(late: Late, decision: engine.Decision, *, at: datetime) -> Turn | None:
    """How the contact's round goes on; None when no rule is for it after all."""
    item = late.item
    if decision.outcome == "assigned":
        missed = dict.fromkeys((*late.missed_ids, *([item.owner_id] if item.owner_id is not None else [])))
        rule = decision.rule_id or 0
        return Turn(item.contact_id, late.number, tuple(missed), rule, late.decision_id, "moved")
    if decision.outcome != "queued":
        return None
    stays = Turn(
        item.contact_id, late.number, late.missed_ids, item.due_rule_ids[0], late.held_decision_id, "waits", at
    )
    if not _all_missed(late, decision):
        return replace(stays, next_try_at=decision.next_try_at)
    if not late.missed_ids or late.number >= MOST_ROUNDS:
        return replace(stays, state="ended", next_try_at=None)
    # Everybody had it once: around again, but for whoever has it now.
    return replace(stays, number=late.number + 1, missed_ids=())


def _all_missed(late: Late, decision: engine.Decision) -> bool:
    """Say whether there is nobody to wait for: of those who have not had it none is only away, full or off shift."""
    had = {*late.missed_ids, late.item.owner_id}
    rejected = [one for one in decision.candidates if one.verdict == "rejected"]
    waited_for = {one.reason for one in rejected if one.person_id not in had} & engine.PASSING_REASONS
    return bool(rejected) and not waited_for
