"""
Add a person to the organization; they receive nothing until an administrator enables them (AD-7).

It invites nobody; `invite_person` does.
"""

from dataclasses import fields
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from reparto.kit.audit import record_audit
from reparto.kit.door import hang_door
from reparto.kit.faults import Faults
from reparto.kit.live import publish
from reparto.kit.organizations import this_organization

from .actor import Actor
from .email_taken import EmailTaken
from .models import Person
from .permissions import check
from .person_draft import PersonDraft
from .read_person import read_person
from .replace_grants import replace_grants
from .show_person import show_person


def add_person(draft: PersonDraft, *, actor: Actor, at: datetime) -> Person:
    """
    Add a person with their grants.

    Raises:
        NotAllowed: The actor does not manage people.
        Invalid: Something is wrong with the draft; has all faults.
        EmailTaken: The e-mail already signs somebody in.

    """
    check(actor, "people.manage")
    values = _read(draft)
    grants = values.pop("grants")
    person = Person(organization_id=actor.organization_id, created_at=at, password=make_password(None), **values)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
            hang_door("email", person.email, organization_id=actor.organization_id, target_id=person.pk)
    except IntegrityError:
        # The groups were read just now and are never deleted: only the e-mail can be taken.
        raise EmailTaken from None
    replace_grants(person, grants)
    after = show_person(person, grants)
    record_audit(
        actor.person_id, "person.add", object_kind="person", object_id=person.pk, before=None, after=after, at=at
    )
    publish(actor.organization_id, "people", [person.pk])
    return person


def _read(draft: PersonDraft) -> dict[str, Any]:
    faults = Faults()
    organization = this_organization()
    presets = {"language": organization.language, "time_zone": organization.time_zone}
    raw = {field.name: getattr(draft, field.name) for field in fields(draft)}
    raw |= {name: preset for name, preset in presets.items() if raw[name] is None}
    values = read_person(raw, faults=faults)
    faults.check()
    return values
