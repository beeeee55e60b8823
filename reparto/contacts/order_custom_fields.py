"""
Put the company's own fields in order, for forms and the profile.

It changes nothing else of them.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext

from reparto.kit.audit import record_audit
from reparto.kit.faults import Fault, Invalid
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .models import CustomField
from .queries import all_custom_fields


def order_custom_fields(ids: Sequence[int], *, actor: Actor, at: datetime) -> list[CustomField]:
    """
    Store the order; `ids` names every field once.

    Raises:
        NotAllowed: The actor does not manage settings.
        Invalid: `not_all_fields`: one is missing, unknown or named twice.

    """
    check(actor, "settings.manage")
    fields = {field.pk: field for field in all_custom_fields().select_for_update()}
    if sorted(ids) != sorted(fields):
        raise Invalid((Fault("ids", "not_all_fields", gettext("Name every field once.")),))
    before = list(fields)
    for place, field_id in enumerate(ids):
        fields[field_id].position = place
    CustomField.objects.bulk_update(fields.values(), ["position"])
    if before != list(ids):
        record_audit(
            actor.person_id,
            "field.order",
            object_kind="field",
            object_id=None,
            before={"ids": before},
            after={"ids": list(ids)},
            at=at,
        )
    return [fields[field_id] for field_id in ids]
