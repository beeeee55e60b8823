"""
Change a field of the company's own: what it is called, its choices, whether forms ask it.

Key and type stay as they are: rules, filters and what is kept of contacts were written with them. A choice that is
taken away stays where it was chosen.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from reparto.kit.audit import record_edit
from reparto.kit.faults import Faults
from reparto.kit.read_choice import is_id, read_flag
from reparto.kit.read_text import read_line
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .add_custom_field import LABEL_LIMIT, WITH_CHOICES, read_choices
from .models import CustomField


class UnknownField(LookupError):
    """No such field of the company's own."""


def edit_custom_field(field_id: int, changes: Mapping[str, Any], *, actor: Actor, at: datetime) -> CustomField:
    """
    Change what is given of `label`, `choices` and `retired`.

    Raises:
        NotAllowed: The actor does not manage settings.
        UnknownField: There is none with this id.
        Invalid: Something is wrong with the changes.

    """
    check(actor, "settings.manage")
    field = CustomField.objects.select_for_update().filter(pk=field_id).first() if is_id(field_id) else None
    if field is None:
        raise UnknownField(f"Field {field_id} does not exist.")
    before = _state(field)
    faults = Faults()
    _read(field, changes, faults, at)
    faults.check()
    field.save(update_fields=["label", "choices", "retired_at"])
    if before != _state(field):
        record_edit(
            actor.person_id,
            "field.edit",
            object_kind="field",
            object_id=field.pk,
            states=(before, _state(field)),
            at=at,
        )
    return field


def _read(field: CustomField, changes: Mapping[str, Any], faults: Faults, at: datetime) -> None:
    for name, given in changes.items():
        if name == "label":
            field.label = read_line(given, path=name, limit=LABEL_LIMIT, faults=faults)
        elif name == "choices" and (given or field.type in WITH_CHOICES):
            field.choices = read_choices(tuple(given), field.type, faults)
        elif name == "retired":
            retired = read_flag(given, path=name, faults=faults)
            field.retired_at = (field.retired_at or at) if retired else None
        elif name != "choices":
            faults.add(name, "unknown_field", gettext("There is no such field."))


def _state(field: CustomField) -> dict[str, Any]:
    return {"label": field.label, "choices": field.choices, "retired": field.retired_at is not None}
