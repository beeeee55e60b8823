"""
Find whoever is signed in, with all that each of their requests asks of them, in one statement.

It signs nobody in, and what it read is as old as the request: it is for that one alone.
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import JSONObject

from reparto.kit.organization_settings import setting_question

from .models import CampaignMember, Grant, Person, Presence


def find_signed_in(person_id: int | str) -> Person | None:
    """
    Return a person with their group; None when there is none.

    Beside the columns: `held_grants`, `joined_campaigns`, `agents_see`, `sees_people` and `seen_at`, for `load_actor`
    and the sign of life.
    """
    own = OuterRef("pk")
    granted = JSONObject(role="role", group="group_id", path="group__path")
    return (
        Person.objects.select_related("group")
        .annotate(
            held_grants=ArraySubquery(Grant.objects.filter(person=own).order_by("id").values(one=granted)),
            joined_campaigns=ArraySubquery(CampaignMember.objects.filter(person=own).values("campaign_id")),
            agents_see=setting_question("inbox", "agents_see"),
            sees_people=ArraySubquery(_within_reach()),
            seen_at=Subquery(Presence.objects.filter(person=own).values("seen_at")[:1]),
        )
        .filter(pk=person_id)
        .first()
    )


def _within_reach() -> QuerySet[Person, int]:
    """Return the ids of oneself and of those whom one's grants reach, as `contacts.relation.reach`."""
    of_colleague = ExpressionWrapper(OuterRef("group__path"), output_field=TextField())
    see = setting_question("inbox", "agents_see")
    granted = Grant.objects.filter(person=OuterRef(OuterRef("pk"))).alias(path=of_colleague, agents_see=see)
    below = Q(path__startswith=F("group__path"))
    of_own_group = Q(path__startswith=OuterRef(OuterRef("group__path")))
    as_agent = Q(role="agent") & (Q(agents_see="all") | (Q(agents_see="group") & (below | of_own_group)))
    reaching = granted.filter((~Q(role="agent") & below) | as_agent)
    return Person.objects.filter(Q(pk=OuterRef("pk")) | Q(Exists(reaching))).values_list("pk", flat=True)
