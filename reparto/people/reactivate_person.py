"""
Give a suspended person their access back: signing in and grants, nothing more (EC-55).

They receive only once somebody enables them again; tokens are made anew.
"""

from datetime import datetime

from reparto.kit.audit import record_audit
from reparto.kit.live import publish

from .actor import Actor
from .models import Person
from .permissions import check
from .queries import lock_person


def reactivate_person(person_id: int, *, actor: Actor, at: datetime) -> Person:
    """
    Let a suspended person in again.

    Raises:
        NotAllowed: The actor does not manage people.
        UnknownPerson: There is no such person here.

    """
    check(actor, "people.manage")
    person = lock_person(person_id)
    if person.suspended_at is None:
        return person
    # Whoever comes back is enabled anew, by somebody's decision (AD-7).
    person.suspended_at, person.receives = None, False
    person.version += 1
    person.save(update_fields=["suspended_at", "receives", "version"])
    record_audit(
        actor.person_id, "person.reactivate", object_kind="person", object_id=person.pk, before=None, after=None, at=at
    )
    publish(person.organization_id, "people", [person.pk])
    return person
