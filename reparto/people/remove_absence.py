"""
Take leave off a person's schedule: it was not taken, or they are back sooner.

The caller holds the desk.
"""

from datetime import datetime

from reparto.kit.audit import record_audit
from reparto.kit.live import publish
from reparto.kit.read_choice import is_id

from .actor import Actor
from .add_absence import show_absence
from .find_led import find_led
from .schedule_of import UnknownAbsence, absences_of


def remove_absence(person_id: int, absence_id: int, *, actor: Actor, at: datetime) -> None:
    """
    Remove leave from a person's schedule.

    Raises:
        UnknownPerson: There is no such person here.
        NotAllowed: They are outside what the actor leads.
        UnknownAbsence: They have no such leave.

    """
    person = find_led(person_id, actor=actor, action="schedule.edit")
    absence = absences_of(person_id).filter(pk=absence_id).first() if is_id(absence_id) else None
    if absence is None:
        raise UnknownAbsence(f"Absence {absence_id} does not exist.")
    before = show_absence(absence)
    absence.delete()
    record_audit(
        actor.person_id,
        "person.absence.remove",
        object_kind="person",
        object_id=person_id,
        before=before,
        after=None,
        at=at,
    )
    publish(person.organization_id, "people", [person_id])
