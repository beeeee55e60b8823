"""
How a contact stands to whoever acts, one by one and as a filter; both say the same.

It grants nothing: `people.permissions` says what each relation allows.
"""

from collections.abc import Iterator

from django.db.models import Q

from reparto.people.actor import Actor, Granted
from reparto.people.permissions import Relation, Standing
from reparto.people.queries import people_below

from .models import Contact


def relation_to(contact: Contact, actor: Actor) -> Standing:
    """Return how a contact (with owner.group and account.group loaded) stands to each role that the actor has."""
    return frozenset(
        (granted.role, relation) for granted in actor.grants for relation in _by_grant(granted, contact, actor)
    )


def _by_grant(granted: Granted, contact: Contact, actor: Actor) -> Iterator[Relation]:
    if contact.owner is None:
        yield _free(granted, contact, actor)
        return
    mine = contact.owner_id == actor.person_id
    if mine:
        yield Relation.OWN
    if contact.owner.group.path.startswith(reach_of(granted, actor)):
        yield Relation.SCOPE
    elif not mine:
        yield Relation.FOREIGN


def _free(granted: Granted, contact: Contact, actor: Actor) -> Relation:
    if granted.role == "admin":
        return Relation.FREE
    if granted.role == "agent":
        taken = contact.campaign_id is None or contact.campaign_id in actor.campaign_ids
        return Relation.FREE if taken else Relation.CLOSED
    path, granted_path = contact.account.group.path if contact.account else "/", granted.group_path
    on_one_line = path.startswith(granted_path) or granted_path.startswith(path)
    return Relation.FREE if on_one_line else Relation.FOREIGN


def reach_of(granted: Granted, actor: Actor) -> tuple[str, ...]:
    """Return the paths whose people's contacts and conversations are in scope by one grant."""
    if granted.role == "admin":
        return ("",)
    if granted.role != "agent":
        return (granted.group_path,)
    # An agent's colleagues are those of their own group too, whatever the grant is over.
    return {"own": (), "group": (granted.group_path, actor.group_path), "all": ("",)}[actor.agents_see]


def reach(actor: Actor) -> tuple[str, ...]:
    """Return the paths whose people's contacts and conversations the actor sees, by all grants together."""
    paths = {path for granted in actor.grants for path in reach_of(granted, actor)}
    return ("",) if "" in paths else tuple(sorted(paths))


def visible_to(actor: Actor) -> Q:
    """Return the filter of the contacts that the actor may see (`contact.view`); one merged into another is none."""
    there = Q(merged_into__isnull=True)
    if actor.is_admin:
        return there
    if not actor.grants:
        return Q(pk__in=[])
    seen = (*people_below(reach(actor)), actor.person_id) if actor.sees is None else actor.sees
    return there & (Q(owner_id__in=seen) | (Q(owner_id__isnull=True) & _free_filter(actor)))


def _free_filter(actor: Actor) -> Q:
    free = Q(pk__in=[])
    if actor.has("agent"):
        free |= Q(campaign_id__isnull=True) | Q(campaign_id__in=list(actor.campaign_ids))
    for path in sorted({granted.group_path for granted in actor.grants if granted.role != "agent"}):
        free |= Q(account_id__isnull=True) | Q(account__group__path__startswith=path)
        free |= Q(account__group__path__in=_ancestors(path))
    return free


def _ancestors(path: str) -> list[str]:
    ids = path.strip("/").split("/")
    return ["/" + "/".join(ids[: depth + 1]) + "/" for depth in range(len(ids))]
