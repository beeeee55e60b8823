"""
Rows of deliveries: what is pending, what is absorbed, what was set aside.

All inside an entered organization.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, QuerySet

from reparto.channels.shapes import Unreadable

from .models import Delivery, Quarantine

#: A sitting takes in so many bytes of deliveries and one more: people wait for the desk while it lasts.
MOST_BYTES = 256 * 1024

PENDING = """
SELECT * FROM (
    SELECT d.*, sum(length(d.body)) OVER (ORDER BY d.id) - length(d.body) AS bytes_before
    FROM (SELECT * FROM intake_delivery WHERE absorbed_at IS NULL ORDER BY id LIMIT %s) d
) counted WHERE bytes_before < %s ORDER BY id
"""


def pending_deliveries(limit: int) -> list[Delivery]:
    """Return what is not yet absorbed, in the order in which it was stored, as much as one sitting takes in."""
    return list(Delivery.objects.raw(PENDING, [limit, MOST_BYTES]))


def mark_absorbed(deliveries: Sequence[Delivery], *, at: datetime) -> None:
    """Say that deliveries are done with."""
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in deliveries]).update(absorbed_at=at)


def put_off(delivery: Delivery) -> None:
    """Leave a delivery to the next look, and count."""
    Delivery.objects.filter(pk=delivery.pk).update(tries=F("tries") + 1)


def set_aside(delivery: Delivery, parts: Sequence[Unreadable] = (), *, at: datetime, reason: str | None = None) -> None:
    """Keep what could not be understood of a delivery, or all of it for a reason, in sight of an administrator."""
    unreadable = [*parts, *([Unreadable("", reason)] if reason else [])]
    if unreadable:
        Quarantine.objects.bulk_create([_row(delivery, part, at=at) for part in unreadable])


def _row(delivery: Delivery, part: Unreadable, *, at: datetime) -> Quarantine:
    return Quarantine(
        organization_id=delivery.organization_id,
        delivery_id=delivery.pk,
        position=part.position[:200],
        reason=part.reason[:60],
        fragment=part.fragment,
        created_at=at,
    )


def quarantined() -> QuerySet[Quarantine]:
    """Return what was set aside, newest first."""
    return Quarantine.objects.select_related("delivery__account").order_by("-id")
