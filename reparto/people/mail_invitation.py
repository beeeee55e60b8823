"""
Mail an invitation to whoever is invited, by the outbox: it leaves after the commit, and is tried again while it cannot.

The outbox keeps the key encrypted, and only until the mail has left (INV-37).
"""

import hashlib
from datetime import datetime

from django.conf import settings

from reparto.kit.organizations import this_organization
from reparto.kit.outbox import Cause, latest_in_outbox, put_in_outbox
from reparto.kit.secrets import encrypt_secrets

from .models import Person

KIND = "mail.invitation"


def mail_invitation(person: Person, key: str, *, at: datetime) -> bool:
    """Put the mail into the outbox; False when this installation sends none."""
    if not settings.MAILERS:
        return False
    sealed = encrypt_secrets({"key": key}, keys=sealing_keys()).decode()
    body = {
        "to": person.email,
        "name": person.name,
        "language": person.language,
        "company": this_organization().name,
        "sealed": sealed,
    }
    cause = Cause(KIND, f"{person.pk}:{hashlib.sha256(key.encode()).hexdigest()[:32]}")
    put_in_outbox(person.organization_id, cause, body=body, at=at)
    return True


def state_of_mail(person: Person) -> str:
    """Return what became of the latest mail to a person: pending, sending, sent, failed, unknown; "" for none."""
    row = latest_in_outbox(KIND, key_begins=f"{person.pk}:")
    return row.state if row is not None else ""


def sealing_keys() -> list[str]:
    """Return the installation's keys, the present one first."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
