"""
Put values into a text where it names them, `{{contact.name}}`: in one pass, from a list of names, with no logic. Pure.

A value is never read as a text with fields again (INV-61); one that is not known leaves nothing.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from reparto.contacts.contact_fields import STORED

#: What is told of the contact, of whoever received it, of the company and of the rule.
BASE = (
    "contact.name",
    "contact.first_name",
    "contact.phone",
    "contact.email",
    "contact.source",
    "contact.link",
    "agent.name",
    "agent.first_name",
    "organization.name",
    "rule.name",
)
#: All that a template may name, but for the company's own fields: `contact.custom.KEY`.
MERGE_FIELDS = (*BASE, *(f"contact.{name}" for name in STORED))
PLACE = re.compile(r"\{\{(.*?)\}\}")
LONE = re.compile(r"\{\{|\}\}")


def fill_template(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its fields filled in."""
    return PLACE.sub(lambda found: values.get(found[1].strip(), ""), text)


def unknown_fields(text: str, known: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield line, from 1, and name of each field that there is not; "" for braces that do not belong together."""
    for line, said in enumerate(text.split("\n"), start=1):
        for found in PLACE.finditer(said):
            if found[1].strip() not in known:
                yield line, found[1].strip()
        if LONE.search(PLACE.sub("", said)):
            yield line, ""
