"""
Say who is put on each new conversation of a contact (AC-2).

It makes nobody the owner, and conversations that are open stay as they are.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext

from reparto.kit.audit import record_audit
from reparto.kit.check_version import check_version
from reparto.kit.faults import Faults
from reparto.kit.live import publish
from reparto.people.actor import Actor
from reparto.people.permissions import NotAllowed, check
from reparto.people.queries import paths_of_people, suspended_among

from .models import Contact, DefaultAssignee
from .queries import default_assignees_of, find_contact, lock_contact, replace_default_assignees
from .relation import relation_to

MOST = 50
ACTION = "contact.default_assignees"


def set_default_assignees(
    contact_id: int, person_ids: Sequence[int], *, actor: Actor, at: datetime, if_version: int | None = None
) -> Contact:
    """
    Replace the default assignees of a contact; its owner is one without being stored.

    Raises:
        UnknownContact: None that the actor may see.
        NotAllowed: The actor may not name them, or somebody is outside what the actor manages.
        StaleVersion: Somebody changed the contact since the actor looked.
        Invalid: Somebody named is not of this organization, or is suspended and was not named before.

    """
    find_contact(contact_id, actor=actor)
    contact = lock_contact(contact_id)
    check(actor, ACTION, relation_to(contact, actor))
    check_version(contact.version, if_version)
    had = default_assignees_of([contact_id]).get(contact_id, [])
    wanted = [person_id for person_id in dict.fromkeys(person_ids) if person_id != contact.owner_id]
    _check(wanted, had, actor)
    if wanted == had:
        return contact
    _write(contact, wanted, at=at)
    record_audit(
        actor.person_id,
        ACTION,
        object_kind="contact",
        object_id=contact_id,
        before={"person_ids": had},
        after={"person_ids": wanted},
        at=at,
    )
    publish(actor.organization_id, "contacts", [contact_id])
    return contact


def _write(contact: Contact, wanted: Sequence[int], *, at: datetime) -> None:
    organization_id = contact.organization_id
    rows = [
        DefaultAssignee(organization_id=organization_id, contact=contact, person_id=person_id, since=at)
        for person_id in wanted
    ]
    replace_default_assignees(contact, rows)
    contact.version += 1
    contact.updated_at = at
    contact.save(update_fields=["version", "updated_at"])


def _check(wanted: Sequence[int], had: Sequence[int], actor: Actor) -> None:
    faults = Faults()
    paths = paths_of_people(wanted)
    if len(wanted) > MOST:
        faults.add("person_ids", "too_many", gettext("At most %(limit)d people.") % {"limit": MOST})
    # Who was suspended after they were named stays, and is passed over.
    gone = suspended_among(paths.keys() - set(had))
    for place, person_id in enumerate(wanted):
        if person_id not in paths or person_id in gone:
            faults.add(f"person_ids[{place}]", "unknown_person", gettext("There is no such person."))
    faults.check()
    # Whoever was named by somebody above may stay; naming is what needs the scope (INV-31).
    if not all(actor.leads(paths[person_id]) for person_id in wanted if person_id not in had):
        raise NotAllowed(ACTION)
