"""
Read the template that a reply step sends: known to an account of the company, every variable with a value.

A template is named as Meta names it, by name and language: whichever account the conversation is on has its own.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from reparto.channels.queries import all_templates
from reparto.channels.whatsapp.fill_placeholders import read_placeholders
from reparto.kit.faults import Faults
from reparto.kit.read_text import read_line

from .fill_text import unknown_variables

FIELDS = frozenset({"name", "language", "values"})
VALUE_LIMIT = 500


def read_reply(raw: Any, path: str, faults: Faults) -> dict[str, Any]:
    """Return `{name, language, values}` as it is stored; what is wrong with it goes to `faults`."""
    given = dict(raw) if isinstance(raw, Mapping) else {}
    for name in given.keys() - FIELDS:
        faults.add(f"{path}.{name}", "unknown_field", gettext("There is no such field."))
    name = read_line(given.get("name", ""), path=f"{path}.name", limit=512, faults=faults)
    language = read_line(given.get("language", ""), path=f"{path}.language", limit=20, faults=faults)
    bodies = [one.body for one in all_templates() if (one.name, one.language) == (name, language)]
    if name and language and not bodies:
        faults.add(path, "unknown_template", gettext("No account has such a template (any more)."))
    asked = list(dict.fromkeys(one for body in bodies for one in read_placeholders(body)))
    return {"name": name, "language": language, "values": _values(given.get("values"), asked, f"{path}.values", faults)}


def _values(raw: Any, asked: list[str], path: str, faults: Faults) -> dict[str, str]:
    given = dict(raw) if isinstance(raw, Mapping) else {}
    read: dict[str, str] = {}
    for name in asked:
        text = given.get(name) or ""
        read[name] = read_line(text, path=f"{path}.{name}", limit=VALUE_LIMIT, faults=faults)
        for unknown in unknown_variables(read[name]):
            said = gettext("There is no variable «%(name)s».") % {"name": unknown}
            faults.add(f"{path}.{name}", "unknown_variable", said)
    return read
