"""
Contacts in an order, and the page of them that begins behind one: by keys, so that no page costs more than the first.

Contacts of one key stand in the order of their ids; every order has its reverse.
"""

from dataclasses import dataclass

from django.db.models import Expression, F, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from .models import Contact

#: Name of an order → what it orders by. Whoever was never followed up waits since they came.
KEYS: dict[str, Expression | F] = {
    "created": F("id"),
    "name": KeyTextTransform("name", "folded"),
    "follow_up": Coalesce("last_follow_up_at", "created_at"),
}


@dataclass(frozen=True, slots=True)
class Order:
    """By what, and which way."""

    key: str = "created"
    falls: bool = True  #: newest, last or Z first

    @property
    def reverse(self) -> "Order":
        """The same the other way round."""
        return Order(self.key, not self.falls)


def sort_contacts(
    contacts: QuerySet[Contact], order: Order, *, behind: int | None = None, seen: QuerySet[Contact]
) -> QuerySet[Contact]:
    """
    Return contacts in an order; only those `behind` the contact of this id, if one is given.

    That one may have left the list, but has to be among those `seen`: where it would stand tells what it is called.
    """
    if order.key == "created":
        rows = contacts if behind is None else contacts.filter(**{f"id__{'lt' if order.falls else 'gt'}": behind})
        return rows.order_by("-id" if order.falls else "id")
    rows = contacts.annotate(sort_key=KEYS[order.key])
    if behind is not None:
        side = "lt" if order.falls else "gt"
        there = Subquery(seen.filter(pk=behind).order_by().values(at=KEYS[order.key])[:1])
        rows = rows.filter(Q(**{f"sort_key__{side}": there}) | Q(**{"sort_key": there, f"id__{side}": behind}))
    return rows.order_by("-sort_key" if order.falls else "sort_key", "-id" if order.falls else "id")
