"""How many contacts each person is responsible for. It counts rows that are there and keeps no counter."""

from collections.abc import Iterable

from django.db.models import Count

from .models import Contact


def count_owned(person_ids: Iterable[int]) -> dict[int, int]:
    """Return the number of contacts of each of these people (one query); who has none is left out."""
    # Served by the index `contacts_contact_by_owner`.
    rows = Contact.objects.filter(owner_id__in=list(person_ids), merged_into__isnull=True).order_by()
    return dict(rows.values_list("owner_id").annotate(number=Count("id")))
