"""
The fields of a contact for people to read: what each is called, and its value as words.

Standard fields come first, in the order of the catalogue, then the company's own in theirs; blank ones are left out.
"""

import re
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext

from reparto.contacts.contact_fields import STORED, show_fields
from reparto.contacts.describe_condition import describe_field
from reparto.contacts.models import Contact, CustomField
from reparto.contacts.name_country import name_country
from reparto.contacts.own_dates import say_own_date
from reparto.engine import CUSTOM

#: Where a name on a network leads.
NETWORKS = {
    "facebook": "https://www.facebook.com/",
    "twitter": "https://x.com/",
    "linkedin": "https://www.linkedin.com/in/",
}
HANDLE = re.compile(r"@?[\w.-]{1,100}")


def show_facts(contact: Contact, own: Collection[CustomField]) -> list[dict[str, Any]]:
    """Return label, value and link of each field that has a value; `own`: those that the company has defined."""
    shown = {name: value for name, value in show_fields(contact).items() if value not in ("", None, [])}
    known = [(name, describe_field(name), "") for name in STORED]
    known += [(CUSTOM + field.key, field.label, field.type) for field in own]
    # What a web form sent and nobody defined.
    others = sorted(shown.keys() - {name for name, _, _ in known} - {"source"})
    known += [(name, describe_field(name), "") for name in others]
    return [
        {"label": label, "value": _said(name, shown[name], type_), "url": _link(name, shown[name])}
        for name, label, type_ in known
        if name in shown
    ]


def _said(name: str, value: Any, type_: str) -> str:
    return name_country(str(value)) if name == "country" else say_value(value, type_)


def say_value(value: Any, type_: str = "") -> str:
    """Return a value as words: a list, yes or no, a day."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if type_ == "date" and isinstance(value, str):
        return say_own_date(value)
    return str(value)


def type_of_box(field: CustomField) -> str:
    """Return the type of the control that asks a field of the company's own."""
    return {"number": "number", "date": "date"}.get(field.type, "text")


def _link(name: str, value: Any) -> str:
    """Return where a page or a name on a network leads: addresses of the web only."""
    if name == "website" or name in NETWORKS:
        text = str(value).strip()
        if urlsplit(text).scheme in ("http", "https"):
            return text
        if name in NETWORKS:
            return NETWORKS[name] + text.removeprefix("@") if HANDLE.fullmatch(text) else ""
        return f"https://{text}" if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", text) else ""
    return ""
