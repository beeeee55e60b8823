"""Telephone calls, for tests: what Twilio and a telephone exchange send, signed as they sign it."""

import base64
import hashlib
import hmac
import json
import secrets
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from reparto.channels.models import Account
from reparto.intake.receive_delivery import Receipt, Request, receive_delivery
from tests.cast import AT, SETTINGS
from tests.road import work

TOKEN: str = SETTINGS["phone"]["auth_token"]
BASE = "http://127.0.0.1:8000"
EXCHANGE_SECRET = "una clave larga de la central"


def a_call(caller: str, status: str = "no-answer", **more: str) -> dict[str, str]:
    """Return the fields of a status callback."""
    fields = {"CallSid": f"CA{secrets.token_hex(16)}", "AccountSid": "AC0", "From": caller, "To": "+525550000000"}
    return fields | {"Direction": "inbound", "CallStatus": status} | more


def sign_call(fields: dict[str, str], url: str, *, token: str = TOKEN) -> str:
    """Sign a callback as Twilio does."""
    text = url + "".join(name + value for name, value in sorted(fields.items()))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def url_of(account: Account, query: str = "") -> str:
    """Return the address of a phone account's hook, as the outside sees it."""
    return f"{BASE}/hooks/phone/{account.key}{query}"


def ring(account: Account, fields: dict[str, str], *, query: str = "", at: datetime = AT) -> Receipt:
    """Let Twilio tell of a call, and a worker take its turn."""
    url = url_of(account, query)
    sent = Request(
        body=urlencode(fields).encode(),
        content_type="application/x-www-form-urlencoded",
        signature=sign_call(fields, url),
        url=url,
    )
    receipt = receive_delivery("phone", account.key, sent, at=at)
    work(account.organization_id, at=at)
    return receipt


def tell(account: Account, said: dict[str, Any], *, secret: str = EXCHANGE_SECRET, at: datetime = AT) -> Receipt:
    """Let a telephone exchange tell of a call, and a worker take its turn."""
    sent = Request(
        body=json.dumps(said).encode(),
        content_type="application/json",
        url=url_of(account),
        authorization=f"Bearer {secret}",
    )
    receipt = receive_delivery("phone", account.key, sent, at=at)
    work(account.organization_id, at=at)
    return receipt


def a_request(account: Account, call: dict[str, str], *, signed_for: Account) -> Request:
    """Return a request to one account with a signature made for another one's address."""
    return Request(
        body=urlencode(call).encode(),
        content_type="application/x-www-form-urlencoded",
        signature=sign_call(call, url_of(signed_for)),
        url=url_of(account),
    )
