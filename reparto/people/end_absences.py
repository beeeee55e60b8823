"""
Let those come back who said until when they are away.

It must run under the desk's lock: who can receive changes by it.
"""

from datetime import datetime

from reparto.kit.live import publish

from .models import Person


def end_absences(organization_id: int, *, at: datetime) -> list[int]:
    """Make everybody available whose absence has ended; return who they are."""
    due = Person.objects.filter(availability_until__lte=at, suspended_at__isnull=True)
    back = list(due.select_for_update().order_by("id").values_list("id", flat=True))
    if back:
        fresh = {"availability": "available", "availability_reason": "", "availability_until": None}
        Person.objects.filter(pk__in=back).update(**fresh)
        publish(organization_id, "people", back)
    return back
