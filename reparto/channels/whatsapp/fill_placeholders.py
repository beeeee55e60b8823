"""
The placeholders of a message template and what is put there, as Meta wants it. Pure.

Source: Cloud API, "Send messages › Template messages": parameters of the body in their order, or by name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PLACEHOLDER = re.compile(r"\{\{\s*([a-z0-9_]{1,60})\s*\}\}")
#: Meta refuses a value with line ends, tabs or more than four blanks on end; and a body that is longer filled.
MAX_BODY = 1_024


@dataclass(frozen=True, slots=True)
class FilledTemplate:
    """A template ready to leave."""

    text: str  #: as the contact reads it
    content: dict[str, Any]  #: as Meta takes it


def read_placeholders(body: str) -> tuple[str, ...]:
    """Return the names of the placeholders, each once, in their order: by number, or as they stand."""
    names = tuple(dict.fromkeys(PLACEHOLDER.findall(body)))
    return tuple(sorted(names, key=int)) if all(name.isdecimal() for name in names) else names


def fill_placeholders(name: str, language: str, body: str, *, values: Mapping[str, str]) -> FilledTemplate:
    """Return a template with its values, blanks tidied; a value is put there as it is. KeyError: one is missing."""
    names = read_placeholders(body)
    tidy = {one: " ".join(values[one].split()) for one in names}
    text = PLACEHOLDER.sub(lambda found: tidy[found[1]], body)
    parameters = [_parameter(one, tidy[one]) for one in names]
    components = [{"type": "body", "parameters": parameters}] if parameters else []
    template = {"name": name, "language": {"code": language}, "components": components}
    return FilledTemplate(text, {"type": "template", "template": template})


def _parameter(name: str, value: str) -> dict[str, str]:
    named = {} if name.isdecimal() else {"parameter_name": name}
    return {"type": "text", "text": value, **named}
