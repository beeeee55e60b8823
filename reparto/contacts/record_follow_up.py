"""
Record a call, message, visit or note by a person of ours.

It sends nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from reparto.kit.faults import Faults
from reparto.kit.live import publish
from reparto.kit.read_choice import read_choice
from reparto.kit.read_text import read_lines
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .mark_followed_up import mark_followed_up
from .models import Contact, FollowUp
from .queries import find_contact, lock_contact
from .relation import relation_to

KINDS = ("call", "message", "visit", "note")
NOTE_LIMIT = 5000


@dataclass(frozen=True, slots=True)
class FollowUpDraft:
    """What was done, and when."""

    kind: str
    note: str = ""
    at: datetime | None = None  #: None: now


def record_follow_up(contact_id: int, draft: FollowUpDraft, *, actor: Actor, at: datetime) -> FollowUp:
    """
    Record a follow-up of the actor's own; the contact's last one moves forward, never back.

    Raises:
        UnknownContact: None that the actor may see.
        NotAllowed: The actor sees it but does not follow it up.
        Invalid: The kind, the note or the instant cannot be used.

    """
    find_contact(contact_id, actor=actor)
    contact = lock_contact(contact_id)
    check(actor, "contact.follow_up", relation_to(contact, actor))
    row = _read(contact, draft, actor, at)
    row.save(force_insert=True)
    mark_followed_up(contact, at=row.at)
    publish(actor.organization_id, "contacts", [contact_id])
    return row


def _read(contact: Contact, draft: FollowUpDraft, actor: Actor, at: datetime) -> FollowUp:
    faults = Faults()
    kind = read_choice(draft.kind, path="kind", choices=KINDS, faults=faults)
    note = read_lines(draft.note, path="note", limit=NOTE_LIMIT, faults=faults, required=draft.kind == "note")
    done_at = draft.at or at
    if done_at.tzinfo is None or done_at > at:
        faults.add("at", "in_future", gettext("Write an instant that has passed."))
    faults.check()
    return FollowUp(
        organization_id=actor.organization_id,
        contact=contact,
        person_id=actor.person_id,
        kind=kind,
        note=note,
        at=done_at,
    )
