"""
Use an invitation: the person sets a password, and says how they are called. Whoever calls signs them in.

An invitation works once; what was wrong with it is never said (INV-37, INV-39).
"""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from reparto.kit.audit import record_audit
from reparto.kit.door import close_door, open_door
from reparto.kit.faults import Faults
from reparto.kit.read_text import read_line

from .models import Person
from .queries import UnknownPerson, find_person
from .read_person import NAME_LIMIT


class UnknownInvitation(LookupError):
    """There is no such invitation: mistyped, used, expired, withdrawn."""


def find_invited(key: str, *, at: datetime) -> Person:
    """Return whom an invitation is for and enter their organization. Raises UnknownInvitation."""
    behind = open_door("invitation", key, at=at)
    if behind is None:
        raise UnknownInvitation("This invitation cannot be used; ask for a new one.")
    try:
        person = find_person(behind.target_id)
    except UnknownPerson:
        raise UnknownInvitation("This invitation cannot be used; ask for a new one.") from None
    if person.suspended_at is not None:
        raise UnknownInvitation("This invitation cannot be used; ask for a new one.")
    return person


def accept_invitation(key: str, *, password: str, at: datetime, name: str | None = None) -> Person:
    """
    Set the password, and unless it is None the name, of the invited person, and use the invitation up.

    Raises:
        UnknownInvitation: It cannot be used, or somebody used it at this instant.
        Invalid: The password is too weak, or the name is none; the invitation can still be used.

    """
    person = find_invited(key, at=at)
    before = person.name
    faults = Faults()
    if name is not None:
        person.name = read_line(name, path="name", limit=NAME_LIMIT, faults=faults)
    _check_password(password, person, faults)
    faults.check()
    # Of two who use it at once only one removes the row.
    if not close_door("invitation", key):
        raise UnknownInvitation("This invitation cannot be used; ask for a new one.")
    person.set_password(password)
    person.save(update_fields=["password", "name"])
    renamed = person.name != before
    record_audit(
        person.pk,
        "person.accept",
        object_kind="person",
        object_id=person.pk,
        before={"name": before} if renamed else None,
        after={"name": person.name} if renamed else None,
        at=at,
    )
    return person


def _check_password(password: str, person: Person, faults: Faults) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        for message in error.messages:
            faults.add("password", "weak_password", message)
