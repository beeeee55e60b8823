"""
Tell people of what they were given, in the transaction that gave it.

Whoever acted is not told of their own act; an act that can be undone is told of after the undo window.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reparto.kit.live import publish
from reparto.kit.prepared import prepared_cursor
from reparto.kit.write_array import write_array

UNDO_SECONDS = 8
STORE = """
INSERT INTO notifications_notification
    (organization_id, kind, created_at, shown_from, person_id, contact_id, conversation_id, decision_id)
SELECT %s, 'assigned', %s, %s, person, contact, conversation, decision
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[]) AS t (person, contact, conversation, decision)
"""


@dataclass(frozen=True, slots=True)
class Told:
    """Who is to be told of which assignment."""

    person_ids: tuple[int, ...]
    contact_id: int
    conversation_id: int | None
    decision_id: int


def notify_assignees(organization_id: int, told: Sequence[Told], *, at: datetime, actor_id: int | None = None) -> None:
    """Write a notification for each person given something, but for the actor."""
    shown_from = at if actor_id is None else at + timedelta(seconds=UNDO_SECONDS)
    rows = [
        (person, one.contact_id, one.conversation_id, one.decision_id)
        for one in told
        for person in one.person_ids
        if person != actor_id
    ]
    if not rows:
        return
    columns = list(zip(*rows, strict=True))
    row = [organization_id, at, shown_from, *map(write_array, columns)]
    with prepared_cursor() as cursor:
        cursor.execute(STORE, row)
    publish(organization_id, "notifications", set(columns[0]))
