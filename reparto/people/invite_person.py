"""
Give a person a link by which they set their password and sign in, once.

Where this installation sends mail, it goes to them; whoever asked may also hand it over.
"""

import secrets
from datetime import datetime, timedelta

from django.conf import settings

from reparto.kit.audit import record_audit
from reparto.kit.door import close_doors, hang_door

from .actor import Actor
from .mail_invitation import mail_invitation
from .permissions import check
from .queries import find_person

VALID = timedelta(hours=72)


def invite_person(person_id: int, *, at: datetime, actor: Actor | None = None) -> str:
    """
    Return a new link, good for 72 hours; links given before are good no more.

    Without an actor the system invites (a company's first administrator) and mails nothing: the command prints it.

    Raises:
        NotAllowed: The actor does not manage people.
        UnknownPerson: There is no such person here.

    """
    if actor is not None:
        check(actor, "people.manage")
    person = find_person(person_id)
    close_doors("invitation", organization_id=person.organization_id, target_id=person.pk)
    key = secrets.token_urlsafe(32)
    hang_door("invitation", key, organization_id=person.organization_id, target_id=person.pk, expires_at=at + VALID)
    record_audit(
        actor.person_id if actor else None,
        "person.invite",
        object_kind="person",
        object_id=person.pk,
        before=None,
        after={"email": person.email},
        at=at,
    )
    if actor is not None:
        mail_invitation(person, key, at=at)
    return f"{settings.BASE_URL}/invitations/{key}/"
