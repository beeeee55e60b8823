"""
Reads of people: who acts, who is where in the tree, who may be given work.

Every function takes the actor or runs inside an organization that was entered.
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from .actor import Actor, Granted
from .models import Campaign, CampaignMember, Grant, Group, Person


class UnknownPerson(LookupError):
    """No such person in this organization."""


def load_actor(person: Person, *, scopes: Iterable[str] = ()) -> Actor:
    """Return a person as one who acts, with grants and campaigns (three queries)."""
    paths = dict(Group.objects.values_list("id", "path"))
    grants = Grant.objects.filter(person=person).order_by("id").values_list("role", "group_id")
    campaigns = CampaignMember.objects.filter(person=person).values_list("campaign_id", flat=True)
    return Actor(
        person_id=person.pk,
        organization_id=person.organization_id,
        name=person.name,
        group_id=person.group_id,
        group_path=paths[person.group_id],
        grants=tuple(Granted(role, group, paths[group]) for role, group in grants),  # type: ignore[arg-type]
        campaign_ids=frozenset(campaigns),
        scopes=frozenset(scopes),
        language=person.language,
        time_zone=person.time_zone,
    )


def find_person(person_id: int) -> Person:
    """Return a person of the entered organization. Raises UnknownPerson."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise UnknownPerson(f"Person {person_id} does not exist.")
    return person


def all_people() -> QuerySet[Person]:
    """Return the people of the entered organization, by name."""
    return Person.objects.select_related("group").order_by("name", "id")


def assignable_people(actor: Actor) -> list[Person]:
    """Return whom the actor may make an owner: all of the organization, or of the subtrees that they manage."""
    people = all_people().filter(suspended_at__isnull=True)
    return [person for person in people if actor.leads(person.group.path)]


def people_below(paths: Iterable[str]) -> list[int]:
    """Return the ids of the people whose group lies at or below any of these paths."""
    wanted = tuple(paths)
    groups = [group for group, path in Group.objects.values_list("id", "path") if path.startswith(wanted)]
    return list(Person.objects.filter(group_id__in=groups).values_list("id", flat=True))


def all_groups() -> QuerySet[Group]:
    """Return the groups of the entered organization, parents before children."""
    return Group.objects.order_by("path", "id")


def root_group() -> Group:
    """Return the root of the tree."""
    return Group.objects.get(parent__isnull=True)


def all_campaigns() -> QuerySet[Campaign]:
    """Return the campaigns of the entered organization, by name."""
    return Campaign.objects.order_by("name", "id")
