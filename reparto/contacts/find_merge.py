"""
Find what became of contacts that were found to be one: where a merged one leads, what a kept one once was.

It says nothing of contacts that the actor may not see.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from reparto.kit.read_choice import is_id
from reparto.people.actor import Actor

from .models import Contact, Merge
from .queries import UnknownContact, find_contact

#: A merged contact can lead to one that was merged later; nobody merges in longer chains.
FARTHEST = 20


class UnknownMerge(LookupError):
    """No such merge, or one of contacts that the actor may not see: nobody is told which."""


def find_merge(merge_id: int, *, actor: Actor) -> Merge:
    """Return a merge whose kept contact the actor may see. Raises UnknownMerge."""
    merge = Merge.objects.filter(pk=merge_id).first() if is_id(merge_id) else None
    if merge is not None:
        try:
            follow_merges(merge.kept_id, actor=actor)
        except UnknownContact:
            merge = None
    if merge is None:
        raise UnknownMerge(f"Merge {merge_id} does not exist.")
    return merge


def lock_merge(merge_id: int) -> Merge:
    """Return a merge as it is now and hold its row until the transaction ends."""
    return Merge.objects.select_for_update().get(pk=merge_id)


def follow_merges(contact_id: int, *, actor: Actor) -> Contact:
    """Return the contact that this one is or became, if the actor may see it. Raises UnknownContact."""
    step = contact_id
    for _ in range(FARTHEST if is_id(contact_id) else 0):
        further = Contact.objects.filter(pk=step).values_list("merged_into_id", flat=True).first()
        if further is None:
            break
        step = further
    return find_contact(step, actor=actor)


def became(contact_ids: Iterable[int]) -> dict[int, int]:
    """Return what each of these contacts became; those that were not merged are left out (one query when none was)."""
    into: dict[int, int] = {}
    fresh = set(contact_ids)
    while fresh:
        rows = Contact.objects.filter(pk__in=fresh, merged_into__isnull=False).values_list("pk", "merged_into_id")
        found = {one: other for one, other in rows if other is not None}
        into = {one: found.get(other, other) for one, other in into.items()} | found
        fresh = set(found.values())
    return into


def went_on_in(conversation_ids: Iterable[int]) -> dict[int, int]:
    """Return which conversation goes on for each that a merge closed; those that none closed are left out."""
    into: dict[int, int] = {}
    fresh = set(conversation_ids)
    while fresh:
        asked = [Q(moved__joined__contains=[{"closed": one}]) for one in fresh]
        rows = Merge.objects.filter(reduce(or_, asked), undone_at=None).values_list("moved__joined", flat=True)
        found = {one["closed"]: one["into"] for joined in rows for one in joined if one["closed"] in fresh}
        into = {one: found.get(other, other) for one, other in into.items()} | found
        fresh = set(found.values()) - into.keys()
    return into


def ids_of_one(contact_id: int) -> list[int]:
    """Return a contact's id and those of all that became it, so that what was decided about them is found too."""
    found, fresh = [contact_id], [contact_id]
    while fresh and len(found) < 500:
        fresh = list(Contact.objects.filter(merged_into_id__in=fresh).values_list("pk", flat=True))
        found += fresh
    return found


def merges_of(contact_ids: Iterable[int]) -> QuerySet[Merge]:
    """Return what was merged into these contacts and not taken back, newest first."""
    rows = Merge.objects.filter(kept_id__in=list(contact_ids), undone_at=None)
    return rows.select_related("merged", "actor").order_by("-id")
