"""
Whether a sweep may go on, or would move so many contacts at once that an administrator is asked first.

Clocks jump and rules are mistyped; nobody should come in one morning and find half the company's contacts with others.
It moves nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Greatest

from reparto.contacts.quiet_contacts import count_contacts
from reparto.kit.audit import record_audit
from reparto.kit.live import publish
from reparto.notifications.notify_halt import notify_halt
from reparto.people.read_supervisors import read_supervisors

from .late_contacts import late_contacts
from .models import Halt
from .read_limits import Limit

#: A sweep that moves so few asks nobody, or in a company of ten contacts a rule would ask for every third.
FEW = 5
#: The part of all contacts that a sweep moves without asking.
PART = 0.2
#: So long an answer holds, for those that nobody could take when it was given.
HOLDS = timedelta(days=1)


def halt_sweep(organization_id: int, limits: Sequence[Limit], *, at: datetime) -> bool:
    """
    Say whether a sweep stops: there is nothing to move, or so much that it waits for an answer.

    A question is asked once, and is over when so many are not late any more. An answer holds until as many have moved,
    for a day, or until the rules change.
    """
    probe = sum(len(late_contacts(one, at=at).values_list("pk")[: FEW + 1]) for one in limits)
    if probe <= FEW:
        end_halts(at=at)
        return probe == 0
    found, of_all = _count(limits, at=at), count_contacts()
    if not is_mass(found, of_all):
        end_halts(at=at)
        return False
    halt = open_halt()
    if halt is not None and halt.state == "goes_on" and found <= halt.allowed and not _lapsed(halt, at):
        return False
    _ask(organization_id, halt, {"found": found, "of_all": of_all, "by_rule": _by_rule(limits, at=at)}, at=at)
    return True


def is_mass(found: int, of_all: int) -> bool:
    """Say whether so many of all contacts are too many to move without asking."""
    return found > max(FEW, of_all * PART)


def open_halt() -> Halt | None:
    """Return the sweep that was stopped and is not over, with its answer if there is one."""
    return Halt.objects.exclude(state="over").first()


def count_down(moved: int) -> None:
    """Note that a sweep that was let go on moved so many; it may move no more than were found."""
    if moved:
        going = Halt.objects.filter(state="goes_on")
        going.update(allowed=Greatest(F("allowed") - moved, 0))


def end_halts(*, at: datetime) -> None:
    """End what asks, as there is not so much to move any more, and an answer that was used up, or is old."""
    halt = open_halt()
    if halt is not None and (halt.state == "asks" or not halt.allowed or _lapsed(halt, at)):
        close_halts()


def close_halts() -> None:
    """End whatever was asked, and whatever was answered."""
    Halt.objects.exclude(state="over").update(state="over")


def _lapsed(halt: Halt, at: datetime) -> bool:
    return halt.answered_at is not None and halt.answered_at <= at - HOLDS


def _count(limits: Sequence[Limit], *, at: datetime) -> int:
    """How many contacts, each once, though several rules may be for it."""
    first, *others = (late_contacts(one, at=at).values_list("pk", flat=True) for one in limits)
    return first.union(*others).count() if others else first.count()


def _by_rule(limits: Sequence[Limit], *, at: datetime) -> dict[str, int]:
    counted = {str(one.rule.id): late_contacts(one, at=at).count() for one in limits}
    return {rule: number for rule, number in counted.items() if number}


def _ask(organization_id: int, halt: Halt | None, said: dict[str, object], *, at: datetime) -> None:
    if halt is not None and halt.state == "asks":
        Halt.objects.filter(pk=halt.pk).update(**said)
        return
    close_halts()
    new = Halt(organization_id=organization_id, at=at, **said)
    # Two sweeps at the same instant ask one question.
    Halt.objects.bulk_create([new], ignore_conflicts=True)
    record_audit(
        None, "sweep.halt", object_kind="organization", object_id=organization_id, before=None, after=said, at=at
    )
    publish(organization_id, "rules")
    found = int(said["found"])  # type: ignore[call-overload]  # a number, as `Halt` has it
    notify_halt(organization_id, read_supervisors().admins, found=found, at=at)
