"""
The conversations that a person works and that are not closed, for handing them over.

It asks no permission and changes nothing.
"""

from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from .models import Assignee, Conversation


def lock_work_of(person_id: int, *, apart: Collection[int], limit: int) -> list[Conversation]:
    """
    Return those that do not simply go with their contact, their rows held until the transaction ends.

    They are on one of the accounts in `apart`, or with a contact of somebody else.
    """
    rows = _apart(person_id, apart).select_for_update(of=("self",)).select_related("contact")
    return list(rows.order_by("id")[:limit])


def count_work_apart(person_id: int, *, apart: Collection[int]) -> int:
    """Return how many conversations of a person do not simply go with their contact."""
    return _apart(person_id, apart).count()


def work_by_account(person_id: int) -> list[tuple[int, str, str, int]]:
    """Return (account, its name, its kind, how many) of all conversations of a person that are not closed."""
    rows = _worked(person_id).values("account_id", "account__name", "account__kind").annotate(count=Count("id"))
    columns = ("account_id", "account__name", "account__kind", "count")
    return list(rows.order_by("account__name", "account_id").values_list(*columns))


def _worked(person_id: int) -> QuerySet[Conversation]:
    mine = Assignee.objects.filter(conversation=OuterRef("pk"), person_id=person_id)
    return Conversation.objects.filter(Exists(mine)).exclude(status="closed")


def _apart(person_id: int, apart: Collection[int]) -> QuerySet[Conversation]:
    others = Q(contact__owner__isnull=True) | ~Q(contact__owner_id=person_id)
    return _worked(person_id).filter(others | Q(account_id__in=list(apart)))
