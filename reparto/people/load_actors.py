"""
Read many people as ones who act, in two queries: to ask of each what they may.

It signs nobody in.
"""

from collections import defaultdict
from collections.abc import Iterable

from reparto.kit.organization_settings import setting_question

from .actor import Actor, AgentsSee, Granted
from .models import CampaignMember, Grant, Person


def load_actors(people: Iterable[Person]) -> list[Actor]:
    """Return these people, loaded with their groups, as they act, in the order given."""
    given = list(people)
    ids = [person.pk for person in given]
    grants: dict[int, list[Granted]] = defaultdict(list)
    agents_see: dict[int, AgentsSee] = {}
    rows = Grant.objects.filter(person_id__in=ids).order_by("id")
    asked = ("person_id", "role", "group_id", "group__path", setting_question("inbox", "agents_see"))
    for person_id, role, group_id, path, see in rows.values_list(*asked):
        grants[person_id].append(Granted(role, group_id, path))
        agents_see[person_id] = see
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
            agents_see=agents_see.get(person.pk, "group"),
            scopes=frozenset(),
            language=person.language,
            time_zone=person.time_zone,
        )
        for person in given
    ]
