"""
What the world sends to the demo company's hooks: signed Cloud API webhooks and filled-in forms. Pure.

Nothing here sends.
"""

import hashlib
import hmac
import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .customers import Customer

BUSINESS = "102290129340398"
SHOWN_NUMBER = "56225550188"


@dataclass(frozen=True, slots=True)
class Hook:
    """An account of the demo company as the world knows it."""

    account_id: int
    kind: str
    key: str
    secret: str = ""
    phone_number_id: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One request to a hook."""

    hook: Hook
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Where it goes."""
        return f"/hooks/{self.hook.kind}/{self.hook.key}"


def write_text(hook: Hook, customer: Customer, text: str, *, wamid: str, at: datetime) -> Letter:
    """Return the webhook of one message that a customer wrote."""
    sender = re.sub(r"\D", "", customer.phone)
    message = {
        "from": sender,
        "id": wamid,
        "timestamp": str(int(at.timestamp())),
        "type": "text",
        "text": {"body": text},
    }
    profile = {"profile": {"name": customer.name}, "wa_id": sender}
    return _webhook(hook, {"contacts": [profile], "messages": [message]})


def write_statuses(hook: Hook, wamid: str, statuses: tuple[str, ...], *, to: str, at: datetime) -> Letter:
    """Return the webhook that says what became of a message of ours."""
    when = str(int(at.timestamp()))
    return _webhook(
        hook,
        {"statuses": [{"id": wamid, "status": one, "timestamp": when, "recipient_id": to} for one in statuses]},
    )


def fill_in_form(hook: Hook, customer: Customer, *, key: str) -> Letter:
    """Return what the company's web site posts when a customer has filled in its form."""
    region, city = customer.place
    inquiry = customer.inquiry()
    fields = {
        "name": customer.name,
        "phone": customer.phone,
        "email": customer.email,
        "message": inquiry.message,
        "source": customer.source,
        "country": customer.country,
        "region": region,
        "city": city,
        "interes": inquiry.interest,
    }
    if customer.topic == "fleet":
        fields |= {"company": customer.company, "vehiculos": str(customer.vehicles)}
    body = json.dumps(fields, ensure_ascii=False).encode()
    return Letter(hook, body, {"Content-Type": "application/json", "Idempotency-Key": key})


def _webhook(hook: Hook, value: dict[str, Any]) -> Letter:
    whole = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": SHOWN_NUMBER, "phone_number_id": hook.phone_number_id},
        **value,
    }
    entry = {"id": BUSINESS, "changes": [{"field": "messages", "value": whole}]}
    body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}, ensure_ascii=False).encode()
    signature = hmac.new(hook.secret.encode(), body, hashlib.sha256).hexdigest()
    return Letter(hook, body, {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={signature}"})
