"""
How the world comes in, for the OpenAPI document: the hooks of `intake`, which ask for no token but for a signature.

It answers nothing; `reparto.intake.hooks` does.
"""

from collections.abc import Mapping
from typing import Any

ANSWERS = {
    "200": {"description": "Stored. What was stored before counts once."},
    "403": {"description": "The signature or secret is missing or wrong."},
    "404": {"description": "There is no such account in use."},
    "413": {"description": "The body is larger than 2 MB."},
}
KEY = {"name": "key", "in": "path", "required": True, "schema": {"type": "string"}, "description": "Of the account."}
FORM = "application/x-www-form-urlencoded"


def _text(description: str, **more: Any) -> dict[str, Any]:
    return {"type": "string", "description": description, **more}


CALL = {
    "type": "object",
    "required": ["call_id", "status", "from"],
    "properties": {
        "call_id": _text("The same for every event of a call."),
        "status": _text("As Asterisk's `DIALSTATUS` has it (`ANSWER`, `NOANSWER`, `BUSY`…), or `answered`, `missed`."),
        "from": _text("The caller's number."),
        "answered_by": _text("Who answered: their e-mail or id here, or an extension of the account's `extensions`."),
        "name": _text("The caller's name."),
        "at": _text("When, RFC 3339 with offset; now, if left out.", format="date-time"),
        "seconds": {"type": "integer", "minimum": 0, "description": "How long it lasted."},
    },
}
TWILIO = {"type": "object", "description": "Twilio's status callback, or that of <Dial action>, as Twilio writes it."}
LEAD = {
    "type": "object",
    "properties": {name: _text("") for name in ("name", "phone", "email", "message", "source")},
    "additionalProperties": True,
}


def _hook(summary: str, signature: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Any]:
    body = {"required": True, "content": {kind: {"schema": schema} for kind, schema in content.items()}}
    return {
        "post": {
            "summary": summary,
            "tags": ["hooks"],
            "security": [],
            "parameters": [KEY, *signature.values()],
            "requestBody": body,
            "responses": ANSWERS,
        }
    }


def _header(name: str, description: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "schema": {"type": "string"}, "description": description}


#: Parts of the document's `paths`.
HOOKS: Mapping[str, Any] = {
    "/hooks/phone/{key}": _hook(
        "A call: from Twilio, or from a telephone exchange (Asterisk, FreePBX)",
        {
            "twilio": _header("X-Twilio-Signature", "Of a form; by the account's `auth_token`."),
            "exchange": _header("Authorization", "Of JSON: `Bearer`, and the account's `exchange_secret`."),
        },
        {FORM: TWILIO, "application/json": CALL},
    ),
    "/hooks/webform/{key}": _hook(
        "A form of the company's web site",
        {"once": _header("Idempotency-Key", "Two posts with one key are one.")},
        {"application/json": LEAD, FORM: LEAD},
    ),
    "/hooks/whatsapp/{key}": _hook(
        "A webhook of WhatsApp's Cloud API",
        {"signature": _header("X-Hub-Signature-256", "By the account's `app_secret`, over the raw bytes.")},
        {"application/json": {"type": "object", "description": "As Meta writes it."}},
    ),
}
