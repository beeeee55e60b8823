"""What waits for somebody now, of what the actor may see: how much, since when, and the oldest. It decides nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from reparto.contacts.queries import visible_contacts
from reparto.people.actor import Actor

from .models import Waiting

#: From here on, waiting asks for somebody's attention.
LONG: timedelta = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class WaitingNow:
    """How much waits, how much of it long, and the oldest of it."""

    count: int
    long: int
    oldest: Waiting | None  #: with its contact


def read_waiting(actor: Actor, *, at: datetime) -> WaitingNow:
    """Return what waits of the contacts that the actor may see (two queries)."""
    rows = Waiting.objects.all()
    if not actor.is_admin:
        rows = rows.filter(contact__in=visible_contacts(actor).order_by().values("pk"))
    counted = rows.aggregate(count=Count("id"), long=Count("id", filter=Q(since__lte=at - LONG)))
    oldest = rows.select_related("contact").order_by("since", "id").first()
    return WaitingNow(counted["count"], counted["long"], oldest)
