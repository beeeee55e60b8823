"""What tests of time-based rules share: a rule that waits, a contact of Alba's, a look of the worker."""

from datetime import datetime, timedelta
from typing import Any

from reparto.assignment.sweep_late import sweep_late
from reparto.contacts.models import Contact
from reparto.contacts.record_follow_up import FollowUpDraft, record_follow_up
from reparto.people.actor import Actor
from reparto.rules.models import Rule
from tests import cast
from tests.cast import Cast

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def a_rule(company: Cast, *to: Actor, trigger: str = "no_followup", after: str = "2 hours", **more: Any) -> Rule:
    """Add a rule that waits for a time."""
    amount, unit, *clock = after.split()
    span = {"amount": int(amount), "unit": unit, "clock": clock[0] if clock else "calendar"}
    return cast.a_rule(*to, admin=company.admin, trigger=trigger, after=span, **more)


def a_contact(company: Cast, owner: Actor | None = None, **more: Any) -> Contact:
    """Add a contact; it is Alba's unless somebody else's."""
    return cast.a_contact(admin=company.admin, owner=owner or company.alba, **more)


def sweep(company: Cast, *, at: datetime) -> int:
    """Let the worker look."""
    return sweep_late(company.organization_id, clock=lambda: at)


def follow_up(contact: Contact, *, by: Actor, at: datetime, done_at: datetime | None = None) -> None:
    """Record a call."""
    record_follow_up(contact.pk, FollowUpDraft("call", at=done_at), actor=by, at=at)


def owner_of(contact: Contact) -> int | None:
    """Return whose it is now."""
    return Contact.objects.get(pk=contact.pk).owner_id
