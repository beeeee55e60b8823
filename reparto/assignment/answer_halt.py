"""
Answer a sweep that stopped to ask: let it go on, or pause rules that would move so many.

The worker does the rest, after the commit.
"""

from datetime import datetime
from typing import Literal

from reparto.kit.audit import record_audit
from reparto.people.actor import Actor
from reparto.people.permissions import check
from reparto.rules.edit_rule import edit_rule
from reparto.rules.queries import all_rules

from .lock_desk import lock_desk
from .models import Halt
from .wake_waiting import wake_waiting


class UnknownHalt(LookupError):
    """No sweep ever asked for anything by this id."""


class NothingToAnswer(UnknownHalt):
    """A sweep that asked, and does not ask this any more."""


def answer_halt(
    halt_id: int, answer: Literal["go_on", "pause"], *, actor: Actor, at: datetime, rule_id: int | None = None
) -> Halt:
    """
    Let a sweep move as many as it found, or pause a rule that it is about, or all of them.

    Raises:
        NotAllowed: The actor does not manage rules.
        UnknownHalt: There is no such question here.
        NothingToAnswer: Somebody has answered, or it is not about that rule.

    """
    check(actor, "rules.manage")
    lock_desk(actor.organization_id)
    halt = Halt.objects.select_for_update().filter(pk=halt_id).first()
    if halt is None:
        raise UnknownHalt(f"Sweep {halt_id} does not exist.")
    if halt.state != "asks":
        raise NothingToAnswer(f"Sweep {halt_id} asks for nothing.")
    if answer == "go_on":
        halt.state, halt.allowed = "goes_on", halt.found
    else:
        _pause(halt, rule_id, actor, at)
    halt.actor_id, halt.answered_at = actor.person_id, at
    halt.save(update_fields=["state", "allowed", "by_rule", "actor", "answered_at"])
    record_audit(
        actor.person_id,
        f"sweep.{answer}",
        object_kind="organization",
        object_id=actor.organization_id,
        before={"found": halt.found, "of_all": halt.of_all},
        after={"state": halt.state, "rule_id": rule_id},
        at=at,
    )
    # It looks again at once; what is left to ask is asked then.
    wake_waiting(actor.organization_id, reason="rules", at=at)
    return halt


def _pause(halt: Halt, rule_id: int | None, actor: Actor, at: datetime) -> None:
    meant = set(halt.by_rule) if rule_id is None else {str(rule_id)} & set(halt.by_rule)
    if not meant:
        raise NothingToAnswer(f"Sweep {halt.pk} is not about rule {rule_id}.")
    for rule in all_rules():
        if str(rule.pk) in meant and rule.active:
            edit_rule(rule.pk, {"active": False}, actor=actor, at=at)
    halt.by_rule = {rule: number for rule, number in halt.by_rule.items() if rule not in meant}
    if not halt.by_rule:
        halt.state = "over"
