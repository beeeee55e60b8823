"""
Reads of the organization itself: the row of the one that was entered, and the number of the next.

It lists no organizations; nobody may.
"""

from django.db import connection
from django.db.models import QuerySet

from .models import Organization


def this_organization() -> Organization:
    """Return the entered organization. Raises Organization.DoesNotExist when none was entered."""
    return Organization.objects.get()


def all_of_it() -> QuerySet[Organization]:
    """Return the entered organization as the one row there is, to be read together with others."""
    return Organization.objects.all()


def lock_organization() -> Organization:
    """Return the entered organization, its row locked against other changes of settings."""
    # NO KEY: rows that refer to the organization can still be written meanwhile.
    return Organization.objects.select_for_update(no_key=True).get()


def next_organization_id() -> int:
    """Return a number for a new organization; it must be entered before its row can be written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('kit_organization', 'id'))")
        (number,) = cursor.fetchone()
    return int(number)
