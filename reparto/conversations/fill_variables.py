"""
Put what is known into a text where it names it, `{{contact.name}}`: once, from a list of names, with no logic. Pure.

A value is never read as a text with variables again (INV-61); what is missing stays as it was written.
"""

import re
from collections.abc import Mapping

#: All that a text may name.
VARIABLES = (
    "contact.name",
    "contact.first_name",
    "contact.company",
    "contact.city",
    "agent.name",
    "agent.first_name",
    "organization.name",
    "account.name",
)
NAMED = re.compile(r"\{\{ *([a-z_.]{1,40}) *\}\}")


def fill_variables(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its variables filled in; one that is unknown or has no value stays."""
    return NAMED.sub(lambda found: values.get(found[1]) or found[0], text)


def unknown_variables(text: str) -> list[str]:
    """Return the names in double braces that are no variables."""
    return [name for name in NAMED.findall(text) if name not in VARIABLES]


def missing_variables(text: str) -> list[str]:
    """Return the variables of the list that stand unfilled in a text that is about to leave."""
    return [name for name in NAMED.findall(text) if name in VARIABLES]
