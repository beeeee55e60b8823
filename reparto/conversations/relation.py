"""
How a conversation stands to whoever acts, one by one and as a filter; both say the same.

It grants nothing: `people.permissions` says what each relation allows.
"""

from django.db.models import Exists, OuterRef, Q

from reparto.contacts.queries import visible_contacts
from reparto.contacts.relation import reach
from reparto.contacts.relation import relation_to as relation_to_contact
from reparto.people.actor import Actor
from reparto.people.permissions import Relation

from .assigned import Assigned
from .models import Assignee, Conversation


def relation_to(talk: Conversation, assigned: Assigned, actor: Actor) -> Relation:
    """
    Return how a conversation stands to the actor.

    Whoever works it holds it; one that nobody works stands as its contact does, and is free
    to whoever may see that contact.
    """
    if actor.person_id in assigned.person_ids:
        return Relation.OWN
    if assigned.person_ids or assigned.group_ids:
        return Relation.SCOPE if _within(assigned, actor) else _through_contact(talk, actor)
    contact = relation_to_contact(talk.contact, actor)
    return contact if contact in (Relation.FOREIGN, Relation.CLOSED) else Relation.FREE


def _within(assigned: Assigned, actor: Actor) -> bool:
    within = reach(actor)
    return any(path.startswith(within) for path in assigned.person_paths) or any(
        path.startswith(within) or actor.group_path.startswith(path) for path in assigned.group_paths
    )


def _through_contact(talk: Conversation, actor: Actor) -> Relation:
    contact = relation_to_contact(talk.contact, actor)
    return Relation.SCOPE if contact in (Relation.OWN, Relation.SCOPE) else Relation.FOREIGN


def visible_to(actor: Actor) -> Q:
    """Return the filter of the conversations that the actor may see (`conversation.view`)."""
    if actor.is_admin:
        return Q()
    assigned = Assignee.objects.filter(conversation=OuterRef("pk"))
    mine = assigned.filter(
        _below(actor, "person__group__path") | Q(group__path__in=_groups_of(actor)) | _below(actor, "group__path")
    )
    seen = visible_contacts(actor).filter(pk=OuterRef("contact_id"))
    held = seen.filter(owner_id__isnull=False)
    return Q(Exists(mine)) | Q(Exists(held)) | (Q(Exists(seen)) & ~Q(Exists(assigned)))


def _below(actor: Actor, path_of: str) -> Q:
    below = Q(pk__in=[])
    for path in reach(actor):
        below |= Q(**{f"{path_of}__startswith": path})
    return below


def _groups_of(actor: Actor) -> list[str]:
    """Return the paths of the actor's group and of all above it: work given to those is theirs too."""
    ids = actor.group_path.strip("/").split("/")
    return ["/" + "/".join(ids[: depth + 1]) + "/" for depth in range(len(ids))]
