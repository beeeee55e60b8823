"""
How a contact stands to whoever acts, one by one and as a filter; both say the same.

It grants nothing: `people.permissions` says what each relation allows.
"""

from django.db.models import Q

from reparto.people.actor import Actor
from reparto.people.permissions import Relation
from reparto.people.queries import people_below

from .models import Contact


def relation_to(contact: Contact, actor: Actor) -> Relation:
    """Return how a contact (with owner.group and account.group loaded) stands to the actor."""
    if contact.owner_id == actor.person_id:
        return Relation.OWN
    if contact.owner is not None:
        return Relation.SCOPE if contact.owner.group.path.startswith(reach(actor)) else Relation.FOREIGN
    return _free(contact, actor)


def _free(contact: Contact, actor: Actor) -> Relation:
    if actor.is_admin:
        return Relation.FREE
    if _commands(actor):
        path = contact.account.group.path if contact.account else "/"
        return Relation.FREE if _on_one_line(path, reach(actor)) else Relation.FOREIGN
    taken = contact.campaign_id is None or contact.campaign_id in actor.campaign_ids
    return Relation.FREE if taken else Relation.CLOSED


def _commands(actor: Actor) -> bool:
    return actor.has("manager") or actor.has("operator")


def _on_one_line(path: str, reach_of_actor: tuple[str, ...]) -> bool:
    """Say whether a group lies at, above or below any group of the actor's reach."""
    return any(path.startswith(own) or own.startswith(path) for own in reach_of_actor)


def reach(actor: Actor) -> tuple[str, ...]:
    """Return the paths whose people's contacts the actor sees."""
    if actor.is_admin:
        return ("",)
    return tuple({actor.group_path, *(granted.group_path for granted in actor.grants if granted.role != "agent")})


def visible_to(actor: Actor) -> Q:
    """Return the filter of the contacts that the actor may see (`contact.view`); one merged into another is none."""
    there = Q(merged_into__isnull=True)
    if actor.is_admin:
        return there
    seen = people_below(reach(actor)) if actor.sees is None else actor.sees
    held = Q(owner_id__in=seen)
    return there & (held | (Q(owner_id__isnull=True) & _free_filter(actor)))


def _free_filter(actor: Actor) -> Q:
    if _commands(actor):
        above = Q(account_id__isnull=True)
        for own in reach(actor):
            above |= Q(account__group__path__startswith=own)
            above |= Q(account__group__path__in=_ancestors(own))
        return above
    return Q(campaign_id__isnull=True) | Q(campaign_id__in=list(actor.campaign_ids))


def _ancestors(path: str) -> list[str]:
    ids = path.strip("/").split("/")
    return ["/" + "/".join(ids[: depth + 1]) + "/" for depth in range(len(ids))]
