"""
Read what a form of the company's web site posts: JSON or urlencoded. Pure, and never raises.

It does not judge whether a phone or an e-mail is a real one: that needs the organization's country (`contacts`).
Names of fields that it does not know become fields of the lead, so a company can ask whatever it likes.
"""

import json
import re
from collections.abc import Mapping
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl

from reparto.channels.clean_text import clean_line, clean_lines, clean_text
from reparto.channels.read_json import NotJson, clean_json, find_flaw, read_json
from reparto.channels.shapes import Fault, Refusal, WebLead

LIMITS: Mapping[str, int] = {"name": 300, "phone": 64, "email": 320, "message": 20_000, "source": 200}
"""The fields that we know, and how many characters each may have."""

MAX_FIELDS = 100
MAX_FIELD_NAME = 64
MAX_FIELD = 5_000
MAX_PAIRS = 1_000
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")

Values = dict[str, Any]


def parse(body: bytes, content_type: str) -> WebLead | Refusal:
    """
    Read one post. All its faults come at once, each with the field's name and a code.

    Codes: `unsupported_media_type`, `multipart`, `bad_json`, `too_deep`, `bad_utf8`, `not_an_object`,
    `too_many_fields`, `name_too_long`, `too_long`, `not_text`, `several_values`, `no_phone_or_email`.
    """
    values = _values(body, _media_type(content_type))
    if isinstance(values, Refusal):
        return values
    texts = {name: _text(value) for name, value in values.items()}
    faults = [*_faults(texts, values), *_unreachable(texts)]
    if faults:
        return Refusal(422, tuple(faults))
    known = {name: clean_line(texts.get(name) or "") for name in LIMITS}
    known["message"] = clean_lines(texts.get("message") or "")
    others = {name: clean_lines(text or "") for name, text in texts.items() if name not in LIMITS}
    return WebLead(**known, fields={name: text for name, text in others.items() if text})


def _media_type(content_type: str) -> str:
    header = Message()
    header["Content-Type"] = clean_text(content_type).replace("\r", "").replace("\n", "")
    return header.get_content_type() if content_type.strip() else ""


def _values(body: bytes, media_type: str) -> Values | Refusal:
    if media_type == "application/json":
        return _from_json(body)
    if media_type == "application/x-www-form-urlencoded":
        return _from_pairs(body)
    return _refusal(415, "multipart" if media_type == "multipart/form-data" else "unsupported_media_type")


def _from_json(body: bytes) -> Values | Refusal:
    try:
        value = read_json(body)
    except NotJson as error:
        return _refusal(400, error.code)
    if flaw := find_flaw(value):
        return _refusal(422, flaw)
    if not isinstance(value, dict):
        return _refusal(422, "not_an_object")
    return {_name(name): item for name, item in clean_json(value).items() if _name(name)}


def _from_pairs(body: bytes) -> Values | Refusal:
    try:
        pairs = _decoded(body)
    except ValueError:
        return _refusal(422, "too_many_fields")
    values: dict[str, list[str]] = {}
    for name, text in pairs:
        values.setdefault(_name(name.removesuffix("[]")), []).append(clean_text(text))
    return {name: texts[0] if len(set(texts)) == 1 else texts for name, texts in values.items() if name}


def _name(written: str) -> str:
    """A field's name; those that we know are known in any case."""
    name = clean_line(written)
    return name.lower() if name.lower() in LIMITS else name


def _decoded(body: bytes) -> list[tuple[str, str]]:
    query = BEYOND_ASCII.sub(lambda match: b"%%%02X" % match[0][0], body).decode("ascii").strip()
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=MAX_PAIRS, errors="strict")
    except UnicodeDecodeError:
        # Forms of old sites are written in the page's own encoding and do not say so.
        return parse_qsl(query, keep_blank_values=True, max_num_fields=MAX_PAIRS, encoding="cp1252", errors="replace")


def _text(value: Any) -> str | None:
    """A value as text; None when it is absent, or no text could stand for it in a field that we know."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) else str(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(one for one in value if one)
    return json.dumps(value, ensure_ascii=False)


def _faults(texts: Mapping[str, str | None], values: Values) -> list[Fault]:
    faults = [Fault("", "too_many_fields")] if len(values) > MAX_FIELDS else []
    for name, value in values.items():
        if len(name) > MAX_FIELD_NAME:
            faults.append(Fault(name[:MAX_FIELD_NAME], "name_too_long"))
        elif name in LIMITS and isinstance(value, list):
            faults.append(Fault(name, "several_values"))
        elif name in LIMITS and isinstance(value, bool | dict):
            faults.append(Fault(name, "not_text"))
        elif len(texts[name] or "") > LIMITS.get(name, MAX_FIELD):
            faults.append(Fault(name, "too_long"))
    return faults


def _unreachable(texts: Mapping[str, str | None]) -> list[Fault]:
    reachable = any((texts.get(name) or "").strip() for name in ("phone", "email"))
    return [] if reachable else [Fault("phone", "no_phone_or_email"), Fault("email", "no_phone_or_email")]


def _refusal(status: int, code: str) -> Refusal:
    return Refusal(status, (Fault("", code),))
