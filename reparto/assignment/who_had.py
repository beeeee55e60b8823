"""
Who had a contact since anybody last followed it up, and gave it up without having done so.

A round keeps who missed it this time around only; a supervisor asks for all of them. Nothing is changed here.
"""

from collections.abc import Collection

from django.db.models.functions import Coalesce

from .models import Ownership


def who_had(contact_ids: Collection[int]) -> dict[int, list[int]]:
    """Return the ids of people by contact, each once, whoever had it first before the others (one query)."""
    touched = Coalesce("contact__last_follow_up_at", "contact__created_at")
    spans = Ownership.objects.filter(contact_id__in=contact_ids, until__gt=touched).order_by("since", "id")
    had: dict[int, dict[int, None]] = {one: {} for one in contact_ids}
    for contact_id, person_id in spans.values_list("contact_id", "person_id"):
        had[contact_id][person_id] = None
    return {contact_id: list(people) for contact_id, people in had.items()}
