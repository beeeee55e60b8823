"""
Let somebody else take a person's place among the default assignees of contacts, or nobody.

It asks no permission and changes no conversation: it decides of new ones only.
"""

from django.db.models import Exists, OuterRef

from .models import DefaultAssignee


def pass_default_assignees(person_id: int, *, heir_id: int | None) -> int:
    """Put the heir where the person was, and only once; return how many contacts had the person."""
    rows = DefaultAssignee.objects.filter(person_id=person_id)
    count = rows.count()
    if heir_id is not None:
        there = DefaultAssignee.objects.filter(contact_id=OuterRef("contact_id"), person_id=heir_id)
        rows.filter(~Exists(there)).update(person_id=heir_id)
    rows.delete()
    return count


def count_default_of(person_id: int) -> int:
    """Return how many contacts have a person as default assignee."""
    return DefaultAssignee.objects.filter(person_id=person_id).count()
