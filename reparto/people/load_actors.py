"""
Read many people as ones who act, in two queries: to ask of each what they may.

It signs nobody in.
"""

from collections import defaultdict
from collections.abc import Iterable

from .actor import Actor, Granted
from .models import CampaignMember, Grant, Person


def load_actors(people: Iterable[Person]) -> list[Actor]:
    """Return these people, loaded with their groups, as they act, in the order given."""
    given = list(people)
    ids = [person.pk for person in given]
    grants: dict[int, list[Granted]] = defaultdict(list)
    rows = Grant.objects.filter(person_id__in=ids).order_by("id")
    for person_id, role, group_id, path in rows.values_list("person_id", "role", "group_id", "group__path"):
        grants[person_id].append(Granted(role, group_id, path))  # type: ignore[arg-type]
    campaigns: dict[int, set[int]] = defaultdict(set)
    members = CampaignMember.objects.filter(person_id__in=ids).values_list("person_id", "campaign_id")
    for person_id, campaign_id in members:
        campaigns[person_id].add(campaign_id)
    return [
        Actor(
            person_id=person.pk,
            organization_id=person.organization_id,
            name=person.name,
            group_id=person.group_id,
            group_path=person.group.path,
            grants=tuple(grants[person.pk]),
            campaign_ids=frozenset(campaigns[person.pk]),
            scopes=frozenset(),
            language=person.language,
            time_zone=person.time_zone,
        )
        for person in given
    ]
