"""
Choose what becomes of replies while one is away: they go to others, or they stay with oneself.

It must run under the desk's lock, and whoever calls it wakes what waits.
"""

from datetime import datetime

from reparto.kit.audit import record_audit
from reparto.kit.live import publish

from .actor import Actor
from .models import Person
from .permissions import NotAllowed, check
from .queries import lock_person


def choose_replies(person_id: int, *, reassign: bool, actor: Actor, at: datetime) -> Person:
    """
    Say whether what contacts answer to somebody who is away is reassigned.

    Raises:
        UnknownPerson: There is no such person here.
        NotAllowed: It is somebody else, outside what the actor manages.

    """
    own = actor.person_id == person_id
    check(actor, "availability.own" if own else "availability.others")
    person = lock_person(person_id)
    if not own and not actor.leads(person.group.path):
        raise NotAllowed("availability.others")
    if person.reassign_replies == reassign:
        return person
    person.reassign_replies = reassign
    person.save(update_fields=["reassign_replies"])
    if not own:
        record_audit(
            actor.person_id,
            "availability.replies",
            object_kind="person",
            object_id=person.pk,
            before={"reassign_replies": not reassign},
            after={"reassign_replies": reassign},
            at=at,
        )
    publish(actor.organization_id, "people", [person_id])
    return person
