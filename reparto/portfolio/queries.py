"""
Reads of the portfolio: the list of one account.

All inside an entered organization.
"""

from django.db.models import QuerySet

from reparto.kit.read_choice import is_id

from .models import DirectAssignment


class UnknownDirectAssignment(LookupError):
    """No such row in this organization."""


def direct_assignments(account_id: int | None = None) -> QuerySet[DirectAssignment]:
    """Return the rows of one account's list, or of all accounts."""
    rows = DirectAssignment.objects.order_by("-id")
    return rows if account_id is None else rows.filter(account_id=account_id)


def find_direct_assignment(row_id: int) -> DirectAssignment:
    """Return a row. Raises UnknownDirectAssignment."""
    row = DirectAssignment.objects.filter(pk=row_id).first() if is_id(row_id) else None
    if row is None:
        raise UnknownDirectAssignment(f"Direct assignment {row_id} does not exist.")
    return row


def remove_row(row: DirectAssignment) -> None:
    """Delete a row of a list."""
    DirectAssignment.objects.filter(pk=row.pk).delete()
