"""
The rounds of time-based rules on which nobody has acted since a sweep touched them.

A follow-up, a sale, or another owner ends a round; nobody has to say so to it.
"""

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from reparto.contacts.queries import visible_contacts
from reparto.contacts.sales_of import sales_recorded_since
from reparto.people.actor import Actor

from .models import Ownership, Round


def standing_rounds() -> QuerySet[Round]:
    """Return the rounds that still hold."""
    span = Ownership.objects.filter(contact_id=OuterRef("contact_id"), until__isnull=True)
    return Round.objects.filter(
        Q(contact__last_follow_up_at__isnull=True) | Q(contact__last_follow_up_at__lt=F("at")),
        ~Exists(sales_recorded_since(OuterRef("contact_id"), OuterRef("at"))),
        held_decision_id=Coalesce(Subquery(span.values("decision_id")[:1]), Value(0)),
    )


def ended_rounds(actor: Actor) -> QuerySet[Round]:
    """Return what waits for a supervisor, of the contacts that the actor sees, latest first."""
    seen = standing_rounds().filter(state="ended", contact__in=visible_contacts(actor).values("pk"))
    return seen.select_related("contact__owner__group", "contact__account__group").order_by("-id")


def ended_round(contact_id: int) -> Round | None:
    """Return the round of a contact that waits for a supervisor; None when it does not."""
    return standing_rounds().filter(state="ended", contact_id=contact_id).first()
