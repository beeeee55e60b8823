"""
Take somebody's access away: sign-ins and tokens end for good, nothing is assigned to them (EC-23).

Their open work stays where it is; `assignment.hand_over` gives it to others.
"""

from datetime import datetime

from allauth.usersessions.models import UserSession

from reparto.kit.audit import record_audit
from reparto.kit.door import close_doors
from reparto.kit.live import publish

from .actor import Actor
from .edit_person import keep_an_admin
from .end_tokens import end_tokens
from .models import Person
from .permissions import check
from .queries import lock_person


def suspend_person(person_id: int, *, actor: Actor, at: datetime) -> Person:
    """
    Suspend a person; once suspended, again changes nothing.

    Raises:
        NotAllowed: The actor does not manage people.
        UnknownPerson: There is no such person here.
        Invalid: Nobody would administer the company any more.

    """
    check(actor, "people.manage")
    person = lock_person(person_id)
    if person.suspended_at is not None:
        return person
    keep_an_admin(person, ())
    person.suspended_at, person.availability = at, "offline"
    # Nothing that they said of themselves brings them back by its hour (EC-55).
    person.availability_reason, person.availability_until = "", None
    person.version += 1
    availability = ["availability", "availability_reason", "availability_until"]
    person.save(update_fields=["suspended_at", *availability, "version"])
    _end_access(person, at)
    record_audit(
        actor.person_id, "person.suspend", object_kind="person", object_id=person.pk, before=None, after=None, at=at
    )
    publish(person.organization_id, "people", [person.pk])
    return person


def _end_access(person: Person, at: datetime) -> None:
    for kind in ("invitation", "password"):
        close_doors(kind, organization_id=person.organization_id, target_id=person.pk)
    end_tokens(person, at=at)
    # Refused already while suspended; ended, so that they do not wake with whoever is reactivated.
    for session in UserSession.objects.filter(user_id=person.pk):
        session.end()
