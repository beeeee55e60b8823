"""
The outbox: what must leave is written in the transaction of its cause, and sent afterwards, at least once.

It knows no channel: a room above registers who carries which kind.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from django.db.models import Q

from .clock import TOO_FAR, now
from .jobs import wake
from .models import Outbox
from .tenancy import in_organization

#: Seconds before each further try; after the last one the row is `failed`.
RETRY_SECONDS = (5, 30, 120, 600, 3600)
#: How long a worker may take to send; beyond it, it is taken for dead.
LEASE = timedelta(minutes=2)


class TryLater(Exception):
    """The other side certainly did not take it, and may later."""


class ResultUnknown(Exception):
    """The other side may have taken it: never repeated blindly."""


class Refused(Exception):
    """The other side certainly will not take it."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Where a row of the outbox comes from: its kind and the key that is unique for the cause."""

    kind: str
    key: str


class Carrier(Protocol):
    """Who sends one kind."""

    def send(self, row: Outbox) -> str:
        """Send, outside of any transaction; return the id it has outside. Raises TryLater, ResultUnknown, Refused."""

    def settled(self, row: Outbox, external_id: str) -> None:
        """Keep what became of it beside its cause, in the transaction that settles the row."""


CARRIERS: dict[str, Carrier] = {}


def carry(kind: str, carrier: Carrier) -> None:
    """Register who sends a kind."""
    CARRIERS[kind] = carrier


def put_in_outbox(
    organization_id: int, cause: Cause, *, body: dict[str, Any], at: datetime, due_at: datetime | None = None
) -> Outbox:
    """Write what must leave; the worker is woken after the commit."""
    row = Outbox.objects.create(
        organization_id=organization_id, kind=cause.kind, key=cause.key, body=body, created_at=at, due_at=due_at or at
    )
    wake("send", organization_id)
    return row


def latest_in_outbox(kind: str, *, key_begins: str) -> Outbox | None:
    """Return the newest row of a kind whose key begins so, in the entered organization."""
    return Outbox.objects.filter(kind=kind, key__startswith=key_begins).order_by("-id").first()


def find_in_outbox(kind: str, keys: Iterable[str]) -> dict[str, Outbox]:
    """Return the rows of a kind with these keys, by key, in the entered organization."""
    return {row.key: row for row in Outbox.objects.filter(kind=kind, key__in=list(keys))}


def send_outbox(organization_id: int, *, at: datetime, limit: int = 50) -> int:
    """Send what is due in one organization; return how many were tried."""
    tried = 0
    while tried < limit and _send_next(organization_id, at=at):
        tried += 1
    return tried


def _send_next(organization_id: int, *, at: datetime) -> bool:
    """Claim the oldest due row, send it outside of any transaction, and keep what became of it."""
    with in_organization(organization_id):
        row = (
            Outbox.objects.select_for_update(skip_locked=True)
            .filter(Q(due_at__lte=at) | Q(due_at__gt=at + TOO_FAR), state__in=["pending", "sending"])
            .order_by("due_at", "id")
            .first()
        )
        if row is None:
            return False
        lost = row.state == "sending"
        row.state, row.attempts, row.due_at = "sending", row.attempts + 1, at + LEASE
        row.save(update_fields=["state", "attempts", "due_at"])
    if lost:
        # Whoever claimed it died on the way: it may have left, so it is not sent again.
        _settle(row, partial(_raise, ResultUnknown("The worker died while sending.")), at=at)
    else:
        _settle(row, partial(CARRIERS[row.kind].send, row), at=at)
    return True


def _raise(error: Exception) -> str:
    raise error


def _settle(row: Outbox, send: Callable[[], str], *, at: datetime) -> None:
    external_id = ""
    try:
        external_id = send()
    except TryLater as reason:
        _postpone(row, str(reason), at=at)
    except ResultUnknown as reason:
        row.state, row.error = "unknown", str(reason)
    except Refused as reason:
        row.state, row.error = "failed", str(reason)
    else:
        row.state, row.error, row.sent_at = "sent", "", now()
    with in_organization(row.organization_id):
        row.save(update_fields=["state", "attempts", "error", "due_at", "sent_at"])
        CARRIERS[row.kind].settled(row, external_id)


def _postpone(row: Outbox, reason: str, *, at: datetime) -> None:
    row.error, row.state = reason, "pending"
    if row.attempts > len(RETRY_SECONDS):
        row.state = "failed"
    else:
        row.due_at = at + timedelta(seconds=RETRY_SECONDS[row.attempts - 1])
