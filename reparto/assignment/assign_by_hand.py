"""
Give a contact an owner by hand, take it, or leave it with nobody.

Every road by which a person changes an owner ends here: list, profile, sidebar, forms, bulk, API.
"""

from dataclasses import dataclass
from datetime import datetime

from reparto.contacts.models import Contact
from reparto.contacts.queries import find_contact, lock_contact
from reparto.contacts.relation import relation_to
from reparto.kit.check_version import check_version
from reparto.notifications.notify_assignees import Told, notify_assignees
from reparto.people.actor import Actor
from reparto.people.models import Person
from reparto.people.permissions import NotAllowed, check, may
from reparto.people.queries import UnknownPerson, find_person

from .change_owner import OwnerChange, change_owner
from .lock_desk import lock_desk
from .models import Decision


class AlreadyOwned(Exception):
    """Somebody became the owner between the click and the lock."""

    def __init__(self, contact_id: int, owner: Person) -> None:
        super().__init__(f"Contact {contact_id} is with {owner.name}; a manager can reassign it.")
        self.owner = owner


class GivenMeanwhile(Exception):
    """Somebody gave it to another, or to nobody, after it was chosen with many."""


@dataclass(frozen=True, slots=True)
class OfMany:
    """The change of many that one is part of: its way is `bulk`, and it is told of with the others."""

    job_id: int
    #: Whose it may be still: the owner when it was chosen. Empty: anybody's.
    owners: tuple[int | None, ...] = ()


def assign_by_hand(
    contact_id: int,
    *,
    owner_id: int | None,
    actor: Actor,
    at: datetime,
    if_version: int | None = None,
    of: OfMany | None = None,
) -> Decision | None:
    """
    Make somebody the owner of a contact, or nobody; None when nothing had to change.

    Raises:
        UnknownContact: None that the actor may see.
        UnknownPerson: None whom the actor may give it to, as far as they can know.
        NotAllowed: The contact is theirs to see, not to give.
        AlreadyOwned: An agent takes, and another was first.
        GivenMeanwhile: `of` many, it has another owner than when it was chosen.
        StaleVersion: `if_version` is not the contact's version any more.

    """
    _check_allowed(find_contact(contact_id, actor=actor), owner_id, actor)
    lock_desk(actor.organization_id)
    contact = lock_contact(contact_id)
    # Again, under the lock: all of it may have changed since the page was drawn.
    check_version(contact.version, if_version)
    if contact.owner_id == owner_id:
        return None
    if contact.owner is not None and not may(actor, "contact.assign", relation_to(contact, actor)):
        raise AlreadyOwned(contact_id, contact.owner)
    if of and of.owners and contact.owner_id not in of.owners:
        raise GivenMeanwhile(f"Contact {contact_id} has another owner than when it was chosen.")
    _check_allowed(contact, owner_id, actor)
    owner = check_recipient(owner_id, actor)
    decision = _change(contact, owner_id, job_id=of.job_id if of else None, actor=actor, at=at)
    contact.owner = owner
    return decision


def _check_allowed(contact: Contact, owner_id: int | None, actor: Actor) -> None:
    """Check who gives, and what."""
    standing = relation_to(contact, actor)
    if may(actor, "contact.assign", standing):
        return
    if owner_id == actor.person_id:
        # Seen as their own already: nothing to take, and no refusal either.
        if contact.owner_id != actor.person_id:
            check(actor, "contact.take", standing)
    else:
        raise NotAllowed("contact.assign")


def check_recipient(owner_id: int | None, actor: Actor) -> Person | None:
    """Return whom the actor may give contacts to; None is nobody. Raises UnknownPerson, NotAllowed."""
    if owner_id is None:
        return None
    person = find_person(owner_id)
    if person.suspended_at is not None:
        raise UnknownPerson(f"Person {owner_id} is suspended.")
    if person.pk != actor.person_id and not actor.leads(person.group.path):
        raise NotAllowed("contact.assign")
    return person


def _change(contact: Contact, owner_id: int | None, *, job_id: int | None, actor: Actor, at: datetime) -> Decision:
    route = "manual" if job_id is None else "bulk"
    change = OwnerChange(contact=contact, owner_id=owner_id, route=route, actor_id=actor.person_id)
    decision = change_owner(actor.organization_id, change, at=at)
    if owner_id is not None:
        told = Told((owner_id,), contact.pk, None, decision.pk)
        key = "" if job_id is None else f"bulk:{job_id}"
        notify_assignees(actor.organization_id, [told], at=at, actor_id=actor.person_id, key=key)
    return decision
