"""
Tell supervisors of contacts that went around everybody and that no rule touches any more: one notification an hour.

It counts up, in the transaction that ended the rounds; what follows outside of the product waits until it stands still.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reparto.kit.live import publish
from reparto.kit.prepared import prepared_cursor
from reparto.kit.write_array import write_array

from .notify_assignees import COUNT_UP, OF_A_JOB

KIND = "ended"
BEGIN = f"""
INSERT INTO notifications_notification (organization_id, kind, created_at, shown_from, person_id, key, number)
SELECT %s, '{KIND}', %s, %s, person, %s, 0 FROM unnest(%s::bigint[]) AS person
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """A contact that waits for a supervisor, and who is told of it."""

    contact_id: int
    person_ids: tuple[int, ...]
    decision_id: int  #: that gave it to whoever has it; 0: nobody has it


def notify_ended(organization_id: int, ended: Sequence[Ended], *, at: datetime) -> None:
    """Write, or count up, the notification of each supervisor."""
    given = [(person, one) for one in ended for person in one.person_ids]
    if not given:
        return
    people = list(dict.fromkeys(person for person, _ in given))
    key = f"{KIND}:{at:%Y%m%d%H}"
    rows = [(person, one.contact_id, None, one.decision_id) for person, one in given]
    columns = [write_array(column) for column in zip(*rows, strict=True)]
    with prepared_cursor() as cursor:
        cursor.execute(BEGIN, [organization_id, at, at, key, write_array(people)])
        cursor.execute(COUNT_UP, [*columns, organization_id, key, at])
        cursor.execute(OF_A_JOB, [at, organization_id, key, write_array(people)])
    publish(organization_id, "notifications", people)
