"""
What the merge fields of templates are called: those of the contact as everywhere, the others by a word of their own.

It reads the names of the company's own fields, and no contact.
"""

from collections.abc import Mapping

from django.utils.translation import gettext

from reparto.contacts.describe_condition import describe_field
from reparto.rules.fill_template import BASE
from reparto.rules.read_template import merge_fields


def label_merge_fields() -> list[dict[str, object]]:
    """Return the fields as they are written and what each is called; those that are used most come first."""
    words = _words()
    return [
        {"code": "{{" + name + "}}", "label": label or words.get(name) or _of_contact(name), "often": name in BASE}
        for name, label in merge_fields().items()
    ]


def _of_contact(name: str) -> str:
    return describe_field(name.removeprefix("contact."))


def _words() -> Mapping[str, str]:
    return {
        "contact.name": gettext("Contact's name"),
        "contact.first_name": gettext("Contact's first name"),
        "contact.link": gettext("Link to the contact"),
        "agent.name": gettext("Name of who receives"),
        "agent.first_name": gettext("First name of who receives"),
        "organization.name": gettext("Company"),
        "rule.name": gettext("Rule"),
    }
