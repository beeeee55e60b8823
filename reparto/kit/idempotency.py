"""
The first answer to a request that may be repeated, kept for whoever repeats it (INV-49).

It knows no HTTP: an answer is a status and JSON.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from .models import IdempotencyKey


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, where, under which key, and what."""

    organization_id: int
    token_id: int
    route: str
    key: str
    body_hash: bytes  #: SHA-256 of all that makes two requests the same


def hold_key(asked: Asked) -> bool:
    """Hold a key until the transaction ends; False when another request holds it now."""
    name = "\0".join((str(asked.token_id), asked.route, asked.key))
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        # Tokens have ids of their own in the whole installation, so organizations do not meet here.
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        (held,) = cursor.fetchone()
    return bool(held)


def first_answer(asked: Asked) -> IdempotencyKey | None:
    """Return the first answer that was given under a key."""
    rows = IdempotencyKey.objects.filter(token_id=asked.token_id, route=asked.route, key=asked.key)
    return rows.first()


def store_answer(asked: Asked, *, status: int, answer: dict[str, Any], at: datetime) -> None:
    """Keep the first answer under a key that the caller holds."""
    IdempotencyKey(
        organization_id=asked.organization_id,
        token_id=asked.token_id,
        route=asked.route,
        key=asked.key,
        body_hash=asked.body_hash,
        status=status,
        answer=answer,
        created_at=at,
    ).save(force_insert=True)
