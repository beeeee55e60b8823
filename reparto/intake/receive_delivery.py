"""
The hook: a raw request is found genuine, stored once, and a worker is woken after the commit.

It must not understand the request; what it cannot store it refuses, and then nothing has changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from reparto.channels.models import Account
from reparto.channels.phone.verify_secret import verify_secret
from reparto.channels.phone.verify_twilio import verify_twilio
from reparto.channels.recall_account import Recalled, recall_account
from reparto.channels.shapes import Fault, Refusal
from reparto.channels.webform.parse import parse as parse_form
from reparto.channels.whatsapp.verify import verify
from reparto.kit.jobs import wake
from reparto.kit.prepared import prepared_cursor


@dataclass(frozen=True, slots=True)
class Request:
    """What came in, as it came."""

    body: bytes
    content_type: str = ""
    signature: str | None = None
    idempotency_key: str | None = None
    url: str = ""  #: as the outside sees it, with its query
    authorization: str | None = None

    @property
    def is_json(self) -> bool:
        """Say whether the body is JSON, by the sender's own word."""
        return self.content_type.partition(";")[0].strip().lower() == "application/json"

    @property
    def whole(self) -> bytes:
        """The body, and for a form what its address says besides."""
        query = self.url.partition("?")[2].encode("ascii", "replace")
        return self.body + b"&" + query if query and not self.is_json else self.body


@dataclass(frozen=True, slots=True)
class Receipt:
    """How the hook answers."""

    status: int
    faults: tuple[Fault, ...] = ()


UNKNOWN = Receipt(404)
FORGED = Receipt(403)
STORED = Receipt(200)


def receive_delivery(kind: str, key: str, request: Request, *, at: datetime) -> Receipt:
    """Store a delivery of one account, once. The caller's transaction must commit before the sender hears 200."""
    recalled = recall_account(kind, key, at=at)
    if recalled is None:
        return UNKNOWN
    refusal = _refuse(recalled, request)
    if refusal is not None:
        return refusal
    _store(recalled.account, request, at=at)
    wake("desk", recalled.account.organization_id)
    return STORED


def _refuse(recalled: Recalled, request: Request) -> Receipt | None:
    if recalled.account.kind == "whatsapp":
        secret = recalled.settings.get("app_secret", "")
        return None if verify(secret, request.body, request.signature) else FORGED
    if recalled.account.kind == "webform":
        # A person's browser posts a form: it hears of its faults at once, all of them.
        form = parse_form(request.body, request.content_type)
        return Receipt(form.status, form.faults) if isinstance(form, Refusal) else None
    if recalled.account.kind == "phone":
        return None if _is_genuine_call(recalled.settings, request) else FORGED
    return UNKNOWN


def _is_genuine_call(settings: Mapping[str, str], request: Request) -> bool:
    """A company's own exchange writes JSON with a secret of its own; Twilio signs a form. Neither opens the other."""
    if request.is_json:
        return verify_secret(settings.get("exchange_secret", ""), request.authorization)
    return verify_twilio(settings.get("auth_token", ""), request.body, request.signature, url=request.url)


def _store(account: Account, request: Request, *, at: datetime) -> None:
    with prepared_cursor() as cursor:
        cursor.execute(
            "INSERT INTO intake_delivery"
            " (organization_id, account_id, body, content_type, idempotency_key, received_at)"
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [
                account.organization_id,
                account.pk,
                request.whole,
                request.content_type[:200],
                request.idempotency_key,
                at,
            ],
        )
