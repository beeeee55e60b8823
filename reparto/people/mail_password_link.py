"""
Mail a link by which somebody chooses a new password, by the outbox: it leaves after the commit.

The link is the auth library's; beside it a door leads to its organization, and closes when the link is used (INV-37).
"""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings

from reparto.kit.audit import record_audit
from reparto.kit.door import close_doors, hang_door
from reparto.kit.outbox import Cause, find_in_outbox, put_in_outbox
from reparto.kit.secrets import encrypt_secrets

from .mail_invitation import sealing_keys
from .models import Person
from .queries import lock_person

KIND = "mail.password"
DOOR = "password"


def mail_password_link(person: Person, key: str, *, at: datetime) -> bool:
    """Put the mail into the outbox; links of before are good no more. False when nothing may be sent to them."""
    # Who never had a password has an invitation, or had it withdrawn.
    if not settings.MAILERS or person.suspended_at is not None or not person.has_usable_password():
        return False
    lock_person(person.pk)
    cause = Cause(KIND, f"{person.pk}:{hashlib.sha256(key.encode()).hexdigest()[:32]}")
    if find_in_outbox(KIND, [cause.key]):
        return True  # asked twice within a second, for which the library makes one link
    until = at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    close_doors(DOOR, organization_id=person.organization_id, target_id=person.pk)
    hang_door(DOOR, key, organization_id=person.organization_id, target_id=person.pk, expires_at=until)
    sealed = encrypt_secrets({"key": key}, keys=sealing_keys()).decode()
    body = {"to": person.email, "name": person.name, "language": person.language, "sealed": sealed}
    put_in_outbox(person.organization_id, cause, body=body, at=at)
    record_audit(
        person.pk, "person.forget_password", object_kind="person", object_id=person.pk, before=None, after=None, at=at
    )
    return True
