"""Merging two contacts that are one, and taking it back within 30 days."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from ninja import Query, Router

from reparto.assignment.merge_contacts import merge_contacts
from reparto.assignment.undo_merge import UNDO_WITHIN, undo_merge
from reparto.contacts.find_merge import merges_of
from reparto.contacts.models import Merge
from reparto.contacts.queries import UnknownContact, find_contact
from reparto.kit.faults import Fault, Invalid

from .action import action
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest, if_match
from .shapes import Answer, Id, Page, PathId, Shape

router = Router(tags=["contacts"])


class MergeBody(Shape):
    """Which contact becomes this one; `owner_id` is needed when both have an owner and not the same."""

    other_id: Id
    owner_id: Id | None = None


class MergeAnswer(Answer):
    """A merge: `merged_id` became `contact_id`. Until `undo_until` it can be taken back."""

    id: int
    contact_id: int
    merged_id: int
    owner_id: int | None
    actor_id: int
    at: datetime
    undo_until: datetime
    undone_at: datetime | None


def show_merge(merge: Merge) -> dict[str, Any]:
    """Return a merge as the contract's style names its fields."""
    return {
        "id": merge.pk,
        "contact_id": merge.kept_id,
        "merged_id": merge.merged_id,
        "owner_id": merge.owner_id,
        "actor_id": merge.actor_id,
        "at": merge.at,
        "undo_until": merge.at + UNDO_WITHIN,
        "undone_at": merge.undone_at,
    }


@router.post("/contacts/{contact_id}/merge", response={201: MergeAnswer})
@action("contact.merge")
def merge_two_contacts(request: ApiRequest, contact_id: PathId, body: MergeBody) -> dict[str, Any]:
    """Let another contact become this one: addresses, conversations, tags, follow-ups and history are one."""
    find_contact(contact_id, actor=request.actor)
    try:
        find_contact(body.other_id, actor=request.actor)
    except UnknownContact:
        # This contact is there; the other is not, or is none of the actor's business.
        raise Invalid((Fault("other_id", "unknown_contact", gettext("There is no such contact.")),)) from None
    merge = merge_contacts(
        contact_id,
        body.other_id,
        owner_id=body.owner_id,
        actor=request.actor,
        at=request.at,
        if_versions=(if_match(request), None),
    )
    return show_merge(merge)


@router.get("/contacts/{contact_id}/merges", response=Page[MergeAnswer])
@action("contact.view")
def list_merges(request: ApiRequest, contact_id: PathId, window: Query[Window]) -> dict[str, Any]:
    """List what became this contact and was not taken back."""
    contact = find_contact(contact_id, actor=request.actor)
    page, after = cut_page(merges_of([contact.pk]), window)
    return answer_page([show_merge(merge) for merge in page], after)


@router.post("/merges/{merge_id}/undo", response=MergeAnswer)
@action("contact.merge")
def undo_one_merge(request: ApiRequest, merge_id: PathId) -> dict[str, Any]:
    """Make two contacts of one again."""
    return show_merge(undo_merge(merge_id, actor=request.actor, at=request.at))
