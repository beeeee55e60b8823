"""What is done to a contact: who is put on its new conversations, and what was done for it."""

from datetime import datetime
from typing import Any, Literal

from ninja import Query, Router

from reparto.assignment.call_back import call_back
from reparto.assignment.lock_desk import lock_desk
from reparto.contacts.models import FollowUp
from reparto.contacts.queries import find_contact, follow_ups_of, lock_contact
from reparto.contacts.record_follow_up import FollowUpDraft, record_follow_up
from reparto.contacts.set_default_assignees import set_default_assignees

from .action import action
from .cut_page import Window, answer_page, cut_page
from .match_contact import match_contact
from .request import ApiRequest, if_match
from .shapes import Answer, Ids, Instant, Page, PathId, Shape, Text
from .show_contacts import ContactAnswer, show_contact

router = Router(tags=["contacts"])
type FollowUpKind = Literal["call", "message", "visit", "note"]


class DefaultAssigneesBody(Shape):
    """Who is put on each new conversation: all of them, not only the new ones."""

    person_ids: Ids


class FollowUpBody(Shape):
    """What was done, and when; now, if not said."""

    kind: FollowUpKind
    note: Text = ""
    at: Instant | None = None


class CallBackBody(Shape):
    """What is to be said of the call."""

    note: Text = ""


class FollowUpAnswer(Answer):
    """A follow-up."""

    id: int
    contact_id: int
    person_id: int
    kind: FollowUpKind
    note: str
    at: datetime


@router.put("/contacts/{contact_id}/default-assignees", response=ContactAnswer)
@action("contact.default_assignees")
def choose_default_assignees(request: ApiRequest, contact_id: PathId, body: DefaultAssigneesBody) -> dict[str, Any]:
    """Say who is put on each new conversation of a contact, besides its owner."""
    lock_desk(request.actor.organization_id)
    set_default_assignees(contact_id, body.person_ids, actor=request.actor, at=request.at, if_version=if_match(request))
    return show_contact(lock_contact(contact_id))


@router.get("/contacts/{contact_id}/follow-ups", response=Page[FollowUpAnswer])
@action("contact.view")
def list_follow_ups(request: ApiRequest, contact_id: PathId, window: Query[Window]) -> dict[str, Any]:
    """List what was done for a contact, the one recorded last first."""
    contact = find_contact(contact_id, actor=request.actor)
    page, after = cut_page(follow_ups_of(contact.pk), window)
    return answer_page([show_follow_up(one) for one in page], after)


@router.post("/contacts/{contact_id}/follow-ups", response={201: FollowUpAnswer})
@action("contact.follow_up")
def create_follow_up(request: ApiRequest, contact_id: PathId, body: FollowUpBody) -> dict[str, Any]:
    """Record a call, a message, a visit or a note."""
    match_contact(request, contact_id)
    draft = FollowUpDraft(body.kind, body.note, body.at)
    return show_follow_up(record_follow_up(contact_id, draft, actor=request.actor, at=request.at))


@router.post("/contacts/{contact_id}/call-back", response={201: FollowUpAnswer})
@action("contact.call_back")
def create_call_back(request: ApiRequest, contact_id: PathId, body: CallBackBody) -> dict[str, Any]:
    """Record that a missed call is called back; an agent takes by it a contact that nobody has."""
    match_contact(request, contact_id)
    return show_follow_up(call_back(contact_id, actor=request.actor, at=request.at, note=body.note).follow_up)


def show_follow_up(row: FollowUp) -> dict[str, Any]:
    """Return a follow-up as the contract names its fields."""
    return {"id": row.pk} | {name: getattr(row, name) for name in FollowUpAnswer.model_fields if name != "id"}
