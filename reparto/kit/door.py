"""
The door: from a key that somebody shows to the organization behind it, before any organization is known.

It answers exact look-ups only and never lists.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from .models import Door


@dataclass(frozen=True, slots=True)
class Behind:
    """Where a key leads."""

    organization_id: int
    target_id: int


def hash_key(key: str) -> bytes:
    """Return the SHA-256 of a key; keys are random (128 bits or more) or public, so no salt is needed."""
    return hashlib.sha256(key.encode()).digest()


def open_door(kind: str, key: str, *, at: datetime) -> Behind | None:
    """Return what is behind a key and enter that organization; None when there is no such key or it has expired."""
    with connection.cursor() as cursor:
        cursor.execute(
            # Looks and enters in one round trip: every webhook and API request begins here.
            "SELECT organization_id, target_id, set_config('reparto.organization', organization_id::text, true)"
            " FROM kit_door WHERE kind = %s AND key_hash = %s AND (expires_at IS NULL OR expires_at > %s)",
            [kind, hash_key(key), at],
        )
        row = cursor.fetchone()
    return Behind(organization_id=row[0], target_id=row[1]) if row else None


def only_organization() -> int | None:
    """Return the organization to which every door leads; None when there is none, or more than one."""
    found = Door.objects.order_by().values_list("organization_id", flat=True).distinct()[:2]
    return found[0] if len(found) == 1 else None


def hang_door(kind: str, key: str, *, organization_id: int, target_id: int, expires_at: datetime | None = None) -> None:
    """Make a key lead to a row of an organization. Raises IntegrityError when the key is taken."""
    Door.objects.create(
        kind=kind, key_hash=hash_key(key), organization_id=organization_id, target_id=target_id, expires_at=expires_at
    )


def close_door(kind: str, key: str) -> bool:
    """Make a key lead nowhere; say whether it led anywhere, so that of two who use it once only one may."""
    (removed, _) = Door.objects.filter(kind=kind, key_hash=hash_key(key)).delete()
    return bool(removed)


def close_doors(kind: str, *, organization_id: int, target_id: int) -> None:
    """Make all keys of a kind that lead to one row lead nowhere (a revoked token, a used invitation)."""
    Door.objects.filter(kind=kind, organization_id=organization_id, target_id=target_id).delete()


def door_until(kind: str, *, organization_id: int, target_id: int, at: datetime) -> datetime | None:
    """Return until when a key of a kind still leads to a row; None when none does."""
    doors = Door.objects.filter(kind=kind, organization_id=organization_id, target_id=target_id, expires_at__gt=at)
    return doors.order_by("-expires_at").values_list("expires_at", flat=True).first()
