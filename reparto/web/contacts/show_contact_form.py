"""
The form of a contact for its template: boxes, choices, and each fault beside its box.

What may be chosen is asked of `permissions`; the verbs ask again.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext, pgettext

from reparto.contacts.contact_fields import STORED
from reparto.contacts.describe_condition import describe_field
from reparto.contacts.models import Contact, CustomField
from reparto.contacts.queries import all_tags, asked_fields
from reparto.contacts.read_fields import LONG
from reparto.contacts.relation import relation_to
from reparto.engine import CUSTOM, FIELDS
from reparto.kit.faults import Fault
from reparto.people.actor import Actor
from reparto.people.permissions import Relation, may
from reparto.people.queries import all_campaigns, assignable_people

from .contact_form import ROWS, ContactForm

#: Asked first; the others wait under *More details*.
MAIN = ("company", "title", "status", "stage", "city", "country")
#: The paths of faults that have a box of their own.
OF_CONTACT = ("name", "kind", "campaign_id", "tags", "source", "owner_id")
PLACE = re.compile(r"addresses\[(\d+)\]")


def show_contact_form(
    form: ContactForm, actor: Actor, *, faults: Sequence[Fault] = (), contact: Contact | None = None
) -> dict[str, Any]:
    """Return the context of `contacts/form.html`."""
    said = _by_path(faults)
    own = list(asked_fields())
    boxes = {name: _box(name, describe_field(name), form, said) for name in STORED}
    return {
        "form": form,
        "contact": contact,
        "faults": {path: said[path] for path in OF_CONTACT if path in said},
        "other_faults": [fault.message for fault in faults if not _has_a_box(fault.path, boxes, own)],
        "addresses": _address_rows(form, faults),
        "owners": owner_choices(form, actor, contact),
        "campaigns": campaign_choices(form, actor, contact),
        "tags": list(all_tags().values_list("name", flat=True)[:200]),
        "main": [boxes[name] for name in MAIN],
        "more": [box for name, box in boxes.items() if name not in MAIN],
        "own": [_own_box(one, form, said) for one in own],
    }


def owner_choices(form: ContactForm, actor: Actor, contact: Contact | None) -> list[dict[str, Any]]:
    """Return whom the contact may have as owner (LG-7, LG-8); one entry when there is nothing to choose."""
    relation = relation_to(contact, actor) if contact else Relation.FREE
    nobody = ("", pgettext("contacts", "Unassigned"))
    me = (str(actor.person_id), gettext("%(name)s (me)") % {"name": actor.name})
    kept = [(str(contact.owner_id), contact.owner.name)] if contact and contact.owner else [nobody]
    if may(actor, "contact.assign", relation):
        others = [(str(one.pk), one.name) for one in assignable_people(actor) if one.pk != actor.person_id]
        choices = dict([nobody, *kept, me, *others])
    elif contact is None or contact.owner_id is None:
        wish = "contact.take" if contact else "contact.keep"
        choices = dict([nobody, me]) if may(actor, wish, relation) else dict([nobody])
    else:
        choices = dict(kept)
    return [{"value": key, "label": label, "on": key == form.owner} for key, label in choices.items()]


def campaign_choices(form: ContactForm, actor: Actor, contact: Contact | None) -> list[dict[str, Any]]:
    """Return the campaigns whose contacts the actor sees while nobody has them, and the contact's present one."""
    every = may(actor, "contact.view", Relation.CLOSED)
    known = actor.campaign_ids | {contact.campaign_id if contact else None}
    offered = [(str(one.pk), one.name) for one in all_campaigns() if every or one.pk in known]
    choices = [("", gettext("None")), *offered]
    return [{"value": key, "label": label, "on": key == form.campaign} for key, label in choices]


def _by_path(faults: Iterable[Fault]) -> dict[str, str]:
    said: dict[str, str] = {}
    for fault in faults:
        said[fault.path] = f"{said[fault.path]} {fault.message}" if fault.path in said else fault.message
    return said


def _has_a_box(path: str, boxes: dict[str, Any], own: Sequence[CustomField]) -> bool:
    if path in OF_CONTACT or PLACE.match(path):
        return True
    named = path.removeprefix("fields.")
    return named in boxes or named.removeprefix(CUSTOM) in {one.key for one in own}


def _box(name: str, label: str, form: ContactForm, said: dict[str, str]) -> dict[str, Any]:
    return {
        "key": name,
        "id": f"field-{name}",
        "name": f"field.{name}",
        "label": label,
        "value": form.fields.get(name, ""),
        "error": said.get(f"fields.{name}", ""),
        "text_rows": "4" if name in LONG else "",
        "inputmode": "decimal" if FIELDS.get(name) == "number" else "",
    }


def _own_box(one: CustomField, form: ContactForm, said: dict[str, str]) -> dict[str, Any]:
    name = CUSTOM + one.key
    box = _box(name, one.label, form, said)
    box["error"] = box["error"] or said.get(f"fields.{one.key}", "")
    return box | _control(one, form.fields.get(name, ""), said)


def _control(one: CustomField, given: Any, said: dict[str, str]) -> dict[str, Any]:
    """Return what is particular to the control of a type."""
    if one.type == "number":
        return {"inputmode": "decimal"}
    if one.type == "date":
        # A date with a time of day, which a program wrote, stays as it is until somebody changes it.
        return {"type": "date" if len(given) in (0, len("2026-01-31")) else "text"}
    if one.type == "multi":
        inside = (said[path] for path in said if path.startswith(f"fields.{CUSTOM}{one.key}"))
        many = [{"value": value, "on": value in given} for value in dict.fromkeys([*one.choices, *given])]
        return {"many": many, "error": next(inside, "")}
    if one.type in ("choice", "yesno"):
        flags = {"true": gettext("Yes"), "false": gettext("No")}
        known = flags if one.type == "yesno" else {value: value for value in one.choices}
        # What was chosen once and is offered no more stays chosen.
        offered = {"": "", **known, **({given: given} if given and given not in known else {})}
        return {"options": [{"value": key, "label": label, "on": key == given} for key, label in offered.items()]}
    return {}


def _address_rows(form: ContactForm, faults: Sequence[Fault]) -> list[dict[str, Any]]:
    """Return the rows with one empty more; a fault names the place among those that are filled."""
    said: dict[int, str] = {}
    for fault in faults:
        if place := PLACE.match(fault.path):
            said[int(place[1])] = fault.message
    rows, filled = [], 0
    for kind, value in form.addresses:
        error = said.get(filled, "") if value.strip() else ""
        filled += bool(value.strip())
        rows.append({"kind": kind, "value": value, "error": error})
    while len(rows) < ROWS or rows[-1]["value"]:
        rows.append({"kind": "email" if rows and rows[-1]["kind"] == "phone" else "phone", "value": "", "error": ""})
    return rows
