"""Webhooks as Meta writes them, scrubbed, and the means to spoil them."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "payloads" / "whatsapp"
NUMBER = "106540352242922"
"""The `phone_number_id` of the account in every file."""


def load(name: str) -> dict[str, Any]:
    """The body of one webhook."""
    body: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return body


def change(*messages: Any, number: str = NUMBER, **value: Any) -> dict[str, Any]:
    """One change of the topic `messages`."""
    own = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": number}, **value}
    return {"field": "messages", "value": {**own, **({"messages": list(messages)} if messages else {})}}


def webhook(*changes: Any) -> bytes:
    """A delivery of these changes."""
    return json.dumps(
        {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": list(changes)}]}
    ).encode()


def a_text(external_id: str = "wamid.1", **other: Any) -> dict[str, Any]:
    """A good message."""
    return {
        "from": "573001234567",
        "id": external_id,
        "timestamp": "1782900000",
        "type": "text",
        "text": {"body": "Hola"},
        **other,
    }
