"""
Tell administrators that a sweep has stopped to ask: until somebody answers, no rule that waits for a time acts.

One notification an hour, in the transaction that asks.
"""

from collections.abc import Collection
from datetime import datetime

from reparto.kit.live import publish

from .models import Notification
from .reach_out import reach_out

KIND = "halt"


def notify_halt(organization_id: int, person_ids: Collection[int], *, found: int, at: datetime) -> None:
    """Write a notification for each; `found` contacts would be moved."""
    key = f"{KIND}:{at:%Y%m%d%H}"
    Notification.objects.bulk_create(
        [
            Notification(
                organization_id=organization_id,
                person_id=person_id,
                kind=KIND,
                key=key,
                number=found,
                created_at=at,
                shown_from=at,
            )
            for person_id in person_ids
        ],
        ignore_conflicts=True,
    )
    told = dict(Notification.objects.filter(key=key).values_list("pk", "person_id"))
    reach_out(list(told))
    publish(organization_id, "notifications", list(told.values()))
