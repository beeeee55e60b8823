"""
Forget first answers that nobody repeats any more.

A key may be used anew afterwards; what it once did stays done.
"""

from datetime import datetime, timedelta

from .models import IdempotencyKey
from .tenancy import in_organization

#: How long a repeated POST gets its first answer: a sender that is down over a long weekend included.
KEPT = timedelta(days=4)
#: Rows of one transaction.
PARCEL = 5_000


def forget_answers(organization_id: int, *, at: datetime) -> int:
    """Delete what one organization kept for longer than `KEPT`, a parcel at a time; return how many."""
    forgotten = 0
    while True:
        with in_organization(organization_id):
            old = IdempotencyKey.objects.filter(created_at__lt=at - KEPT).order_by("id").values("pk")[:PARCEL]
            count, _ = IdempotencyKey.objects.filter(pk__in=old).delete()
        forgotten += count
        if count < PARCEL:
            return forgotten
