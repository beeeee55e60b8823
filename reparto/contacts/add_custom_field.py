"""
Add a field of the company's own, `custom.KEY` in filters.

It gives no contact a value.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from reparto.engine import FIELDS
from reparto.kit.audit import record_audit
from reparto.kit.faults import Fault, Faults, Invalid
from reparto.kit.read_choice import read_choice
from reparto.kit.read_text import read_line
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .models import CustomField
from .queries import KIND_OF_TYPE, all_custom_fields

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
LABEL_LIMIT = 100
MOST_CHOICES = 500
WITH_CHOICES = ("choice", "multi")


@dataclass(frozen=True, slots=True)
class CustomFieldDraft:
    """A field to be added."""

    key: str
    label: str
    type: str
    choices: tuple[str, ...] = ()


def add_custom_field(draft: CustomFieldDraft, *, actor: Actor, at: datetime) -> CustomField:
    """
    Add a field.

    Raises:
        NotAllowed: The actor does not manage settings.
        Invalid: Something is wrong with the draft; `key_taken` when there is such a field.

    """
    check(actor, "settings.manage")
    field = _read(draft, actor.organization_id)
    try:
        with transaction.atomic():
            field.save(force_insert=True)
    except IntegrityError:
        raise Invalid((Fault("key", "key_taken", gettext("There is a field with this key already.")),)) from None
    after = {"key": field.key, "label": field.label, "type": field.type, "choices": field.choices}
    record_audit(actor.person_id, "field.add", object_kind="field", object_id=field.pk, before=None, after=after, at=at)
    return field


def _read(draft: CustomFieldDraft, organization_id: int) -> CustomField:
    faults = Faults()
    if not KEY.fullmatch(draft.key):
        faults.add("key", "not_a_key", gettext("Write small letters, digits and _, beginning with a letter."))
    elif draft.key in FIELDS:
        faults.add("key", "key_taken", gettext("There is a field with this key already."))
    label = read_line(draft.label, path="label", limit=LABEL_LIMIT, faults=faults)
    type_ = read_choice(draft.type, path="type", choices=tuple(KIND_OF_TYPE), faults=faults)
    choices = read_choices(draft.choices, draft.type, faults)
    faults.check()
    return CustomField(
        organization_id=organization_id,
        key=draft.key,
        label=label,
        type=type_,
        choices=choices,
        position=all_custom_fields().count(),
    )


def read_choices(written: tuple[str, ...], type_: str, faults: Faults) -> list[str]:
    """Return the choices of a field, each once; a type without choices takes none."""
    if written and type_ not in WITH_CHOICES:
        faults.add("choices", "needless", gettext("Only choices have a list of them."))
    if len(written) > MOST_CHOICES:
        faults.add("choices", "too_many", gettext("At most %(limit)d choices.") % {"limit": MOST_CHOICES})
        return []
    words = [
        read_line(word, path=f"choices[{place}]", limit=LABEL_LIMIT, faults=faults)
        for place, word in enumerate(written)
    ]
    return list(dict.fromkeys(words))
