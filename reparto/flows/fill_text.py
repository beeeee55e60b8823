"""
Put names into a text: `{{contact.name}}` and its like, from a short list, in one pass and without logic.

What a name brings along is never read again as a variable.
"""

import re
from collections.abc import Mapping

VARIABLES = ("contact.name", "contact.first_name", "organization.name")
_PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


def unknown_variables(text: str) -> list[str]:
    """Return what a text asks for and nobody can fill in."""
    return [name for name in dict.fromkeys(_PLACE.findall(text)) if name not in VARIABLES]


def fill_text(text: str, *, contact_name: str, organization_name: str) -> str:
    """Return the text with its variables filled in; one that is unknown stays as it was written."""
    words = contact_name.split()
    values: Mapping[str, str] = {
        "contact.name": contact_name,
        "contact.first_name": words[0] if words else "",
        "organization.name": organization_name,
    }
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)
