"""
Say whether a person is available, away or off duty.

Whether that lets them receive also depends on their signs of life and their shift; the engine knows.
"""

from datetime import datetime

from django.utils.translation import gettext

from reparto.kit.audit import record_audit
from reparto.kit.faults import Faults
from reparto.kit.live import publish
from reparto.kit.read_choice import read_choice
from reparto.kit.read_text import read_line

from .actor import Actor
from .models import Person
from .permissions import NotAllowed, check
from .queries import lock_person
from .show_sign_of_life import show_sign_of_life

STATUSES = ("available", "away", "offline")


def set_availability(
    person_id: int, *, status: str, actor: Actor, at: datetime, reason: str = "", until: datetime | None = None
) -> Person:
    """
    Set what a person declares; `until` says when an absence ends by itself.

    Raises:
        UnknownPerson: There is no such person here.
        NotAllowed: It is somebody else, outside what the actor manages.
        Invalid: The status or the reason cannot be used, or `until` has passed.

    """
    own = actor.person_id == person_id
    check(actor, "availability.own" if own else "availability.others")
    person = lock_person(person_id)
    if not own and not actor.leads(person.group.path):
        raise NotAllowed("availability.others")
    before = person.availability
    _read(person, status, reason, until, at)
    person.save(update_fields=["availability", "availability_reason", "availability_until"])
    if own:
        show_sign_of_life(person_id, at=at)
    else:
        _record(person, before, actor=actor, at=at)
    publish(actor.organization_id, "people", [person_id])
    return person


def _read(person: Person, status: str, reason: str, until: datetime | None, at: datetime) -> None:
    faults = Faults()
    person.availability = read_choice(status, path="status", choices=STATUSES, faults=faults)
    person.availability_reason = read_line(reason, path="reason", limit=200, faults=faults, required=False)
    if until is not None and (until.tzinfo is None or until <= at):
        faults.add("until", "not_in_future", gettext("Write an instant in the future."))
    faults.check()
    # Somebody who is there is there until they say otherwise.
    person.availability_until = None if status == "available" else until


def _record(person: Person, before: str, *, actor: Actor, at: datetime) -> None:
    record_audit(
        actor.person_id,
        "availability.set",
        object_kind="person",
        object_id=person.pk,
        before={"status": before},
        after={"status": person.availability, "reason": person.availability_reason},
        at=at,
    )
