"""
Reads of people: who acts, who is where in the tree, who may be given work.

Every function takes the actor or runs inside an organization that was entered.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import JSONObject

from reparto.kit.organization_settings import setting_question
from reparto.kit.read_choice import is_id

from .actor import Actor, AgentsSee, Granted
from .models import Campaign, CampaignMember, Grant, Group, Person, Presence, Token
from .person_draft import GrantDraft


class UnknownPerson(LookupError):
    """No such person in this organization."""


class UnknownGroup(LookupError):
    """No such group in this organization."""


class UnknownCampaign(LookupError):
    """No such campaign in this organization."""


class UnknownToken(LookupError):
    """No such token in this organization."""


def load_actor(person: Person, *, scopes: Iterable[str] = ()) -> Actor:
    """Return a person as one who acts, with grants and campaigns: one query, or none after `find_signed_in`."""
    path, held, joined, agents_see, sees = _held_by(person)
    return Actor(
        person_id=person.pk,
        organization_id=person.organization_id,
        name=person.name,
        group_id=person.group_id,
        group_path=path,
        grants=tuple(Granted(one["role"], one["group"], one["path"]) for one in held),
        campaign_ids=frozenset(joined),
        agents_see=agents_see,
        scopes=frozenset(scopes),
        language=person.language,
        time_zone=person.time_zone,
        sees=sees,
    )


#: The path of a person's group, their grants and campaigns, what agents see, and whose work they themself see.
type Held = tuple[str, list[dict[str, Any]], list[int], AgentsSee, tuple[int, ...] | None]


def _held_by(person: Person) -> Held:
    """Return what makes a person an actor; whose work they see is known of one found by `find_signed_in`."""
    if hasattr(person, "held_grants"):
        found: Any = person
        return found.group.path, found.held_grants, found.joined_campaigns, found.agents_see, tuple(found.sees_people)
    granted = JSONObject(role="role", group="group_id", path="group__path")
    grants = Grant.objects.filter(person=person).order_by("id").values(one=granted)
    campaigns = CampaignMember.objects.filter(person=person).values("campaign_id")
    own = Group.objects.filter(pk=person.group_id)
    asked = (ArraySubquery(grants), ArraySubquery(campaigns), setting_question("inbox", "agents_see"))
    return *own.values_list("path", *asked).get(), None


def find_person(person_id: int) -> Person:
    """Return a person of the entered organization. Raises UnknownPerson."""
    person = Person.objects.select_related("group").filter(pk=person_id).first()
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
    below = models.Q(pk__in=[])
    for path in paths:
        below |= models.Q(group__path__startswith=path)
    return list(Person.objects.filter(below).values_list("id", flat=True))


def all_groups() -> QuerySet[Group]:
    """Return the groups of the entered organization, parents before children."""
    return Group.objects.order_by("path", "id")


def lock_groups() -> list[Group]:
    """Return all groups, their rows locked: the tree stays as it is until the transaction ends."""
    return list(Group.objects.select_for_update().order_by("id"))


def lock_group(group_id: int) -> Group | None:
    """Return a group where it stands now and hold it there; None when there is no such group."""
    return Group.objects.select_for_update().filter(pk=group_id).first() if is_id(group_id) else None


def root_group() -> Group:
    """Return the root of the tree."""
    return Group.objects.get(parent__isnull=True)


def all_campaigns() -> QuerySet[Campaign]:
    """Return the campaigns of the entered organization, by name."""
    return Campaign.objects.order_by("name", "id")


def lock_person(person_id: int) -> Person:
    """Return a person with their group, the row locked until the transaction ends. Raises UnknownPerson."""
    people = Person.objects.select_for_update(of=("self",)).select_related("group")
    person = people.filter(pk=person_id).first()
    if person is None:
        raise UnknownPerson(f"Person {person_id} does not exist.")
    return person


def known_people(person_ids: Iterable[Any]) -> set[int]:
    """Return those of the ids that are people of the entered organization."""
    wanted = [person_id for person_id in person_ids if is_id(person_id)]
    return set(Person.objects.filter(pk__in=wanted).values_list("id", flat=True)) if wanted else set()


def known_groups(group_ids: Iterable[Any]) -> set[int]:
    """Return those of the ids that are groups of the entered organization."""
    wanted = [group_id for group_id in group_ids if is_id(group_id)]
    return set(Group.objects.filter(pk__in=wanted).values_list("id", flat=True)) if wanted else set()


def find_group(group_id: int) -> Group | None:
    """Return a group of the entered organization; None when there is no such group."""
    return Group.objects.filter(pk=group_id).first() if is_id(group_id) else None


def grants_of(person: Person) -> tuple[GrantDraft, ...]:
    """Return what a person may do, and where, in the order in which it was granted."""
    rows = Grant.objects.filter(person=person).order_by("id").values_list("role", "group_id")
    return tuple(GrantDraft(role, group_id) for role, group_id in rows)


def other_admins(person: Person) -> bool:
    """Say whether anybody else who may sign in administers the organization."""
    admins = Grant.objects.filter(role="admin", person__suspended_at__isnull=True)
    return admins.exclude(person=person).exists()


def lock_campaign(campaign_id: int) -> Campaign:
    """Return a campaign, its row locked. Raises UnknownCampaign."""
    campaign = Campaign.objects.select_for_update().filter(pk=campaign_id).first() if is_id(campaign_id) else None
    if campaign is None:
        raise UnknownCampaign(f"Campaign {campaign_id} does not exist.")
    return campaign


def known_campaign(campaign_id: int) -> bool:
    """Say whether this is a campaign of the entered organization."""
    return is_id(campaign_id) and Campaign.objects.filter(pk=campaign_id).exists()


def members_of(campaign: Campaign) -> list[int]:
    """Return the ids of the people who may take the contacts of a campaign."""
    rows = CampaignMember.objects.filter(campaign=campaign).order_by("person_id")
    return list(rows.values_list("person_id", flat=True))


def find_token(token_id: int) -> Token:
    """Return a token of the entered organization. Raises UnknownToken."""
    token = Token.objects.filter(pk=token_id).first()
    if token is None:
        raise UnknownToken(f"Token {token_id} does not exist.")
    return token


def token_behind(token_id: int) -> Token | None:
    """Return a token with its person and their group, for whoever acts with it."""
    return Token.objects.select_related("person__group").filter(pk=token_id).first()


def live_tokens(person: Person) -> QuerySet[Token]:
    """Return the tokens of a person that were not revoked, newest first."""
    return Token.objects.filter(person=person, revoked_at__isnull=True).order_by("-id")


def working_people() -> set[int]:
    """Return the ids of the people who are not suspended."""
    return set(Person.objects.filter(suspended_at__isnull=True).values_list("id", flat=True))


def suspended_among(person_ids: Iterable[int]) -> set[int]:
    """Return those of these people who are suspended."""
    wanted = list(person_ids)
    suspended = Person.objects.filter(pk__in=wanted, suspended_at__isnull=False) if wanted else Person.objects.none()
    return set(suspended.values_list("id", flat=True))


def people_by_group() -> dict[int, set[int]]:
    """Return the ids of the people in each group and all below it, by the group's id."""
    found: dict[int, set[int]] = {}
    for person_id, path in Person.objects.values_list("id", "group__path"):
        for group_id in path.strip("/").split("/"):
            found.setdefault(int(group_id), set()).add(person_id)
    return found


def find_people(person_ids: Iterable[int]) -> list[Person]:
    """Return these people with their groups; those that do not exist are left out."""
    return list(people_rows(person_ids))


def people_rows(person_ids: Iterable[int]) -> QuerySet[Person]:
    """Return these people with their groups."""
    return Person.objects.select_related("group").filter(pk__in=list(person_ids))


def find_groups(group_ids: Iterable[int]) -> list[Group]:
    """Return these groups; those that do not exist are left out."""
    return list(group_rows(group_ids))


def group_rows(group_ids: Iterable[int]) -> QuerySet[Group]:
    """Return these groups."""
    return Group.objects.filter(pk__in=list(group_ids))


def grants_of_people(person_ids: Iterable[int]) -> dict[int, tuple[GrantDraft, ...]]:
    """Return what each of these people may do, and where, in the order in which it was granted (one query)."""
    found: dict[int, tuple[GrantDraft, ...]] = {}
    rows = Grant.objects.filter(person_id__in=list(person_ids)).order_by("id")
    for person_id, role, group_id in rows.values_list("person_id", "role", "group_id"):
        found[person_id] = (*found.get(person_id, ()), GrantDraft(role, group_id))
    return found


def members_of_campaigns(campaign_ids: Iterable[int]) -> dict[int, list[int]]:
    """Return who may take the contacts of each of these campaigns (one query)."""
    found: dict[int, list[int]] = {}
    rows = CampaignMember.objects.filter(campaign_id__in=list(campaign_ids)).order_by("person_id")
    for campaign_id, person_id in rows.values_list("campaign_id", "person_id"):
        found.setdefault(campaign_id, []).append(person_id)
    return found


def people_in_groups(group_ids: Iterable[int]) -> QuerySet[Person, int]:
    """Return the ids of the people in any of these groups or below them; for a subquery."""
    return Person.objects.filter(in_groups(group_ids)).values_list("id", flat=True)


def in_groups(group_ids: Iterable[int]) -> models.Q:
    """Return the condition of a row whose `group` is any of these or below them."""
    below = models.Q(pk__in=[])
    for group_id in group_ids:
        below |= models.Q(group__path__contains=f"/{group_id:d}/")
    return below


def root_among(group_ids: Iterable[int]) -> QuerySet[Group]:
    """Return the root if it is one of these groups; for a subquery."""
    return Group.objects.filter(parent__isnull=True, pk__in=list(group_ids))


def paths_of_people(person_ids: Iterable[Any]) -> dict[int, str]:
    """Return the path of the group of each of these people."""
    wanted = [person_id for person_id in person_ids if is_id(person_id)]
    return dict(Person.objects.filter(pk__in=wanted).values_list("id", "group__path")) if wanted else {}


def last_signs_of_life(person_ids: Iterable[int]) -> dict[int, datetime]:
    """Return when each of these people was last seen; who never was is left out."""
    rows = Presence.objects.filter(person_id__in=list(person_ids))
    return dict(rows.values_list("person_id", "seen_at"))
