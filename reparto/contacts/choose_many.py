"""
Fix a set of contacts for work on many: exactly those of this instant, and whose they are, whatever becomes of them.

It changes none of them.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext

from reparto.kit.faults import Faults
from reparto.people.actor import Actor

from .models import BulkJob, Contact

MOST = 10_000
KEPT = 10


def choose_many(contact_ids: Iterable[int], *, actor: Actor, at: datetime, former: BulkJob | None = None) -> BulkJob:
    """
    Keep these contacts as a choice of the actor's; of their choices that never ran the last few stay, one a tab.

    What was chosen by a `former` choice already is chosen as it was then.

    Raises:
        Invalid: Nothing was chosen, or more than one job takes.

    """
    wanted = list(dict.fromkeys(contact_ids))
    faults = Faults()
    if not wanted:
        faults.add("ids", "empty", gettext("Choose at least one contact."))
    if len(wanted) > MOST:
        faults.add(
            "ids", "too_many", gettext("At most %(limit)d contacts at once; narrow the filter.") % {"limit": MOST}
        )
    faults.check()
    chosen = BulkJob.objects.filter(actor_id=actor.person_id, state="chosen")
    chosen.exclude(pk__in=chosen.order_by("-id").values("pk")[: KEPT - 1]).delete()
    return BulkJob.objects.create(
        organization_id=actor.organization_id,
        actor_id=actor.person_id,
        contact_ids=wanted,
        owners=_owners(wanted) | _owners_of(former, wanted),
        created_at=at,
    )


def _owners(contact_ids: list[int]) -> dict[str, int | None]:
    rows = Contact.objects.filter(pk__in=contact_ids).values_list("pk", "owner_id")
    return {str(contact_id): owner_id for contact_id, owner_id in rows}


def _owners_of(former: BulkJob | None, contact_ids: list[int]) -> dict[str, int | None]:
    known: dict[str, int | None] = former.owners if former else {}
    return {str(one): known[str(one)] for one in contact_ids if str(one) in known}
