"""
Change a person: name, e-mail, group, grants, capacity, whether they receive, language and zone.

Availability and suspension have verbs of their own.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from reparto.kit.audit import record_edit
from reparto.kit.check_version import check_version
from reparto.kit.door import close_door, close_doors, hang_door
from reparto.kit.faults import Fault, Faults, Invalid
from reparto.kit.live import publish
from reparto.kit.organizations import lock_organization

from .actor import Actor
from .email_taken import EmailTaken
from .models import Person
from .permissions import check
from .person_draft import GrantDraft
from .queries import grants_of, lock_person, other_admins
from .read_person import read_person
from .replace_grants import replace_grants
from .show_person import show_person


def edit_person(
    person_id: int, changes: Mapping[str, Any], *, actor: Actor, at: datetime, if_version: int | None = None
) -> Person:
    """
    Change the fields that are given; `grants`, when given, replace all of them.

    Raises:
        NotAllowed: The actor does not manage people.
        UnknownPerson: There is no such person here.
        StaleVersion: Somebody changed them since the actor looked.
        Invalid: Something is wrong with the changes, or nobody would administer the company any more.
        EmailTaken: The new e-mail already signs somebody in.

    """
    check(actor, "people.manage")
    person = lock_person(person_id)
    check_version(person.version, if_version)
    faults = Faults()
    values = read_person(changes, faults=faults)
    faults.check()
    former = grants_of(person)
    before = show_person(person, former)
    grants = values.pop("grants", former)
    keep_an_admin(person, grants)
    _store(person, values, email=before["email"])
    replace_grants(person, grants)
    after = show_person(person, grants)
    _withdraw_invitations(person, before, after)
    record_edit(
        actor.person_id,
        "person.edit",
        object_kind="person",
        object_id=person.pk,
        states=(before, after),
        at=at,
    )
    publish(person.organization_id, "people", [person.pk])
    return person


def keep_an_admin(person: Person, grants: tuple[GrantDraft, ...]) -> None:
    """Raise Invalid when nobody would administer the organization any more."""
    if any(grant.role == "admin" for grant in grants):
        return
    # Two administrators who remove each other at once take turns here.
    lock_organization()
    if other_admins(person):
        return
    if any(grant.role == "admin" for grant in grants_of(person)):
        message = gettext("Somebody has to administer the company; name another administrator first.")
        raise Invalid((Fault("grants", "last_admin", message),))


def _store(person: Person, values: dict[str, Any], *, email: str) -> None:
    for name, value in values.items():
        setattr(person, name, value)
    person.version += 1
    try:
        with transaction.atomic():
            person.save(update_fields=[*values, "version"])
            if person.email != email:
                hang_door("email", person.email, organization_id=person.organization_id, target_id=person.pk)
    except IntegrityError:
        raise EmailTaken from None
    if person.email != email:
        close_door("email", email)


def _withdraw_invitations(person: Person, before: dict[str, Any], after: dict[str, Any]) -> None:
    # An invitation is bound to the e-mail and the roles for which it was given (INV-37).
    if any(before[name] != after[name] for name in ("email", "grants")):
        close_doors("invitation", organization_id=person.organization_id, target_id=person.pk)
