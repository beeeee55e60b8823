"""
How a conversation stands to whoever acts, one by one and as a filter; both say the same.

It grants nothing: `people.permissions` says what each relation allows.
"""

from collections.abc import Collection, Iterator

from django.db.models import Exists, OuterRef, Q

from reparto.contacts.queries import visible_contacts
from reparto.contacts.relation import reach, reach_of
from reparto.contacts.relation import relation_to as relation_to_contact
from reparto.people.actor import Actor, Granted
from reparto.people.permissions import Relation, Standing

from .assigned import Assigned
from .models import Assignee, Conversation


def relation_to(talk: Conversation, assigned: Assigned, actor: Actor) -> Standing:
    """
    Return how a conversation stands to each role that the actor has.

    Whoever works it holds it; one that nobody works stands as its contact does, and is free
    to whoever may see that contact.
    """
    of_contact = relation_to_contact(talk.contact, actor)
    if not (assigned.person_ids or assigned.group_ids):
        return frozenset((role, _unworked(relation)) for role, relation in of_contact)
    return frozenset(
        (granted.role, relation)
        for granted in actor.grants
        for relation in _worked(granted, assigned, actor, {one for role, one in of_contact if role == granted.role})
    )


def _unworked(of_contact: Relation) -> Relation:
    return of_contact if of_contact in (Relation.FOREIGN, Relation.CLOSED) else Relation.FREE


def _worked(granted: Granted, assigned: Assigned, actor: Actor, of_contact: Collection[Relation]) -> Iterator[Relation]:
    if actor.person_id in assigned.person_ids:
        yield Relation.OWN
    within = reach_of(granted, actor)
    if Relation.SCOPE in of_contact or any(
        path.startswith(within) for path in (*assigned.person_paths, *assigned.group_paths)
    ):
        yield Relation.SCOPE
    if Relation.OWN in of_contact or actor.group_path.startswith(tuple(assigned.group_paths)):
        yield Relation.SHARED


def visible_to(actor: Actor) -> Q:
    """Return the filter of the conversations that the actor may see (`conversation.view`)."""
    if actor.is_admin:
        return Q()
    if not actor.grants:
        return Q(pk__in=[])
    assigned = Assignee.objects.filter(conversation=OuterRef("pk"))
    theirs = Q(person_id=actor.person_id) | Q(group__path__in=_groups_of(actor))
    mine = assigned.filter(theirs | _below(actor, "person__group__path") | _below(actor, "group__path"))
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
