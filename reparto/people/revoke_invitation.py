"""
Make a person's invitation useless, at once.

A password that they have set already stays.
"""

from datetime import datetime

from reparto.kit.audit import record_audit
from reparto.kit.door import close_doors, door_until

from .actor import Actor
from .mail_invitation import state_of_mail
from .models import Person
from .permissions import check
from .queries import find_person


def revoke_invitation(person_id: int, *, actor: Actor, at: datetime) -> Person:
    """
    Withdraw all links of a person that were not used.

    Raises:
        NotAllowed: The actor does not manage people.
        UnknownPerson: There is no such person here.

    """
    check(actor, "people.manage")
    person = find_person(person_id)
    if open_invitation(person, at=at) is None:
        return person
    close_doors("invitation", organization_id=person.organization_id, target_id=person.pk)
    record_audit(
        actor.person_id, "person.uninvite", object_kind="person", object_id=person.pk, before=None, after=None, at=at
    )
    return person


def open_invitation(person: Person, *, at: datetime) -> dict[str, object] | None:
    """Return until when a person's link works and what became of its mail; None when there is none that works."""
    until = door_until("invitation", organization_id=person.organization_id, target_id=person.pk, at=at)
    return None if until is None else {"until": until, "mail": state_of_mail(person)}
