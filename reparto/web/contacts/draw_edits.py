"""
Who changed what of a contact, from what to what, as lines of its timeline.

It says what was stored at the time; only people's and fields' names are today's.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from reparto.contacts.contact_fields import INSTANT
from reparto.contacts.describe_condition import describe_field
from reparto.contacts.models import CustomField
from reparto.contacts.name_country import name_country
from reparto.engine import CUSTOM
from reparto.kit.models import AuditEntry
from reparto.people.models import Person

#: What a line has room for.
SHOWN = 4
LENGTH = 80


def draw_edits(
    entries: Sequence[AuditEntry], people: Mapping[int, Person], own_fields: Iterable[CustomField]
) -> Iterable[dict[str, Any]]:
    """Return the entries of `components/timeline.html`, in order; `people`: whoever acted, by id."""
    own = {CUSTOM + field.key: field.label for field in own_fields}
    for one in entries:
        person = people.get(one.actor_id or 0)
        yield {
            "person": person,
            "icon": "pencil",
            "text": _said(one, person, own),
            "by": person.name if person else gettext("the system"),
            "at": one.at,
        }


def _said(one: AuditEntry, person: Person | None, own: Mapping[str, str]) -> SafeString:
    name = format_html("<b>{}</b>", person.name if person else gettext("The system"))
    before, after = one.before or {}, one.after or {}
    if one.action == "contact.tag":
        return format_html(gettext("{who} put the tag {tag} on"), who=name, tag=_text(after.get("tag")))
    if one.action == "contact.untag":
        return format_html(gettext("{who} took the tag {tag} off"), who=name, tag=_text(before.get("tag")))
    plain = {
        "contact.merge": gettext("{who} merged two contacts into this one"),
        "contact.unmerge": gettext("{who} parted two contacts that had been merged"),
        "contact.default_assignees": gettext("{who} changed the default assignees"),
    }
    if one.action in plain:
        return format_html(plain[one.action], who=name)
    return format_html(gettext("{who} changed {changes}"), who=name, changes=_changes(before, after, own))


def _changes(before: Mapping[str, Any], after: Mapping[str, Any], own: Mapping[str, str]) -> SafeString:
    names = sorted(after)
    parts = [
        format_html("{}: {} → {}", _label(name, own), *(_value(name, state.get(name)) for state in (before, after)))
        for name in names[:SHOWN]
    ]
    if more := len(names) - SHOWN:
        parts += [format_html("{}", gettext("%(count)s more") % {"count": more})] if more > 0 else []
    return format_html_join("; ", "{}", ((part,) for part in parts))


def _label(name: str, own: Mapping[str, str]) -> str:
    if name == "addresses":
        return gettext("How to reach it")
    return own.get(name) or describe_field(name)


def _value(name: str, value: Any) -> str:
    kinds = {"prospect": pgettext("kind of contact", "Prospect"), "client": pgettext("kind of contact", "Client")}
    text = _text(value)
    return name_country(text) if name == "country" else kinds.get(text, text) if name == "kind" else text


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = str(value.get(INSTANT, ""))[:10]
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value if value is not None else "")
    return text[:LENGTH] or "—"
