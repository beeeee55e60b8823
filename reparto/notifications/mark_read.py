"""
Note that a person has read what they were told.

Only their own; nothing is removed.
"""

from collections.abc import Collection
from datetime import datetime

from reparto.kit.live import publish
from reparto.people.actor import Actor

from .queries import notifications_of


def mark_read(ids: Collection[int] | None = None, *, actor: Actor, at: datetime) -> tuple[int, ...]:
    """Mark these notifications of the actor read, or all of them; return those that were not read before."""
    unread = notifications_of(actor.person_id, at=at).filter(read_at__isnull=True)
    if ids is not None:
        unread = unread.filter(pk__in=ids)
    changed = tuple(unread.select_for_update().values_list("id", flat=True))
    if changed:
        notifications_of(actor.person_id, at=at).filter(pk__in=changed).update(read_at=at)
        publish(actor.organization_id, "notifications", [actor.person_id])
    return changed
