"""
Ask several questions of the entered organization in one statement: one round trip, whatever a page needs to know.

It knows no feature: the rooms hand over their own rows, which are as narrow as they made them.
"""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, IntegerField, QuerySet, Subquery
from django.db.models.functions import JSONObject

from .models import Organization


class Counted(Subquery):
    """How many rows there are, as one value; a slice stops the counting."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    #: Of rows that cannot exist, as those of no contacts at all, which are not asked for.
    empty_result_set_value = 0


def counted(rows: QuerySet[Any], *, most: int) -> Subquery:
    """Return the question how many rows there are, counted no further than `most`."""
    return Counted(rows.order_by().values("pk")[:most])


def listed(rows: QuerySet[Any], *columns: str, **named: str) -> Subquery:
    """
    Return the question for these columns of rows, in their order; the answer is a list of dicts.

    Instants come as their ISO text. `named` are columns under another name.
    """
    return ArraySubquery(rows.values(asked_row=JSONObject(**{name: name for name in columns}, **named)))


def asking(**questions: Subquery | F) -> QuerySet[Organization, Any]:
    """Return the row that answers by name; those of the organization's own row are asked as `F(column)`."""
    return Organization.objects.values(**questions)


def ask_together(**questions: Subquery | F) -> dict[str, Any]:
    """Return the answers by name (one query)."""
    found = asking(**questions).get()
    # What cannot exist is not asked for: Django says null of it.
    lists = {name for name, question in questions.items() if isinstance(question, ArraySubquery)}
    return {name: [] if value is None and name in lists else value for name, value in found.items()}
