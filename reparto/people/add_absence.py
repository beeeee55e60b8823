"""
Write down a person's leave: nothing is given to them from its beginning to its end.

What is with them already stays; the caller holds the desk.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext

from reparto.kit.audit import record_audit
from reparto.kit.clock import YEARS
from reparto.kit.faults import Faults
from reparto.kit.live import publish
from reparto.kit.read_text import read_line

from .actor import Actor
from .find_led import find_led
from .models import Absence


@dataclass(frozen=True, slots=True)
class AbsenceDraft:
    """Leave, as it was written."""

    since: datetime | None  #: None: what was written is no instant
    until: datetime | None
    reason: str = ""


def add_absence(person_id: int, draft: AbsenceDraft, *, actor: Actor, at: datetime) -> Absence:
    """
    Add leave to a person's schedule.

    Raises:
        UnknownPerson: There is no such person here.
        NotAllowed: They are outside what the actor leads.
        Invalid: An instant is none, or it ends before it begins; has all faults.

    """
    person = find_led(person_id, actor=actor, action="schedule.edit")
    faults = Faults()
    for name in ("since", "until"):
        instant = getattr(draft, name)
        if instant is None or instant.tzinfo is None or instant.year not in YEARS:
            faults.add(name, "not_an_instant", gettext("Write a day and a time."))
    if draft.since and draft.until and draft.until <= draft.since:
        faults.add("until", "not_after", gettext("This has to be after the beginning."))
    reason = read_line(draft.reason, path="reason", limit=200, faults=faults, required=False)
    faults.check()
    absence = Absence.objects.create(
        organization_id=person.organization_id,
        person=person,
        since=(draft.since or at).astimezone(UTC),
        until=(draft.until or at).astimezone(UTC),
        reason=reason,
    )
    record_audit(
        actor.person_id,
        "person.absence.add",
        object_kind="person",
        object_id=person_id,
        before=None,
        after=show_absence(absence),
        at=at,
    )
    publish(person.organization_id, "people", [person_id])
    return absence


def show_absence(absence: Absence) -> dict[str, str]:
    """Return leave as the audit keeps it."""
    return {"since": absence.since.isoformat(), "until": absence.until.isoformat(), "reason": absence.reason}
