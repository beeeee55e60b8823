"""
The road of a message, for tests: what the world sends, and a worker's turn.

Payloads are as Meta writes them; nothing of the road is replaced.
"""

import hashlib
import hmac
import json
import secrets
from datetime import datetime
from typing import Any

from reparto.channels.models import Account
from reparto.channels.queries import account_by_key
from reparto.intake.absorb_deliveries import absorb_deliveries
from reparto.intake.receive_delivery import Receipt, Request, receive_delivery
from tests.cast import APP_SECRET, AT


def a_text(sender: str, text: str = "Hola", *, wamid: str | None = None, at: datetime = AT) -> dict[str, Any]:
    """Return one text message as the Cloud API gives it."""
    return {
        "from": sender.lstrip("+"),
        "id": wamid or f"wamid.{secrets.token_hex(12)}",
        "timestamp": str(int(at.timestamp())),
        "type": "text",
        "text": {"body": text},
    }


def a_webhook(account: Account, *messages: dict[str, Any], statuses: tuple[dict[str, Any], ...] = ()) -> bytes:
    """Return the body of a webhook with these messages, each sender named after their number."""
    value: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": account.settings["phone_number_id"]},
        "contacts": [
            {"profile": {"name": f"Cliente {m['from'][-4:]}"}, "wa_id": m["from"]} for m in messages if "from" in m
        ],
        "messages": list(messages),
    }
    if statuses:
        value["statuses"] = list(statuses)
    change = {"field": "messages", "value": value}
    return json.dumps(
        {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [change]}]}
    ).encode()


def sign(body: bytes, secret: str = APP_SECRET) -> str:
    """Sign a body as Meta does."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def deliver(account: Account, body: bytes, *, signature: str | None = None, at: datetime = AT) -> Receipt:
    """Knock at an account's hook with a signed body."""
    sent = Request(body=body, content_type="application/json", signature=signature or sign(body))
    return receive_delivery(account.kind, account.key, sent, at=at)


def write(account: Account, *messages: dict[str, Any], at: datetime = AT) -> None:
    """Let people write, and a worker take its turn."""
    assert deliver(account, a_webhook(account, *messages), at=at).status == 200
    work(account.organization_id, at=at)


def submit_form(account: Account, *, at: datetime = AT, key: str | None = None, **fields: str) -> Receipt:
    """Fill in a company's web form, and let a worker take its turn."""
    body = json.dumps(fields).encode()
    receipt = receive_delivery(
        "webform", account.key, Request(body=body, content_type="application/json", idempotency_key=key), at=at
    )
    work(account.organization_id, at=at)
    return receipt


def work(organization_id: int, *, at: datetime = AT) -> None:
    """Let a worker look at one organization until nothing is pending."""
    while absorb_deliveries(organization_id, at=at):
        pass


__all__ = ["a_text", "a_webhook", "account_by_key", "deliver", "sign", "submit_form", "work", "write"]
