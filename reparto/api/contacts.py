"""Contacts: list, create, read, edit. Who owns one changes through the desk, here as everywhere."""

from typing import Annotated, Any, Literal

from django.http import HttpResponse
from django.utils.translation import gettext
from ninja import Query, Router
from pydantic import Field

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.keep_contact import keep_contact
from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.wake_waiting import wake_waiting
from reparto.contacts.add_contact import add_contact
from reparto.contacts.contact_draft import AddressDraft, ContactDraft
from reparto.contacts.edit_contact import edit_contact
from reparto.contacts.find_merge import follow_merges
from reparto.contacts.queries import lock_contact
from reparto.conversations.find_missed_calls import contacts_to_call_back
from reparto.kit.faults import Fault, Invalid
from reparto.notifications.queries import contact_ids_told
from reparto.people.queries import UnknownPerson

from .action import action
from .cut_page import Window, answer_page, cut_page
from .match_contacts import NO_FILTER, Wanted, match_contacts
from .read_body import read_json
from .request import ApiRequest, if_match
from .shapes import ContactKind, Id, Line, Page, PathId, Shape, Values
from .show_contacts import ContactAnswer, show_contact, show_contacts

router = Router(tags=["contacts"])
#: A filter in a query string; far beyond what its own limits allow.
FILTER_LIMIT = 20_000


class AddressBody(Shape):
    """An address, as somebody writes it."""

    kind: Literal["phone", "email", "bsuid"]
    value: Line


class ContactBody(Shape):
    """A contact to be created; without `owner_id` it is its maker's, with null it is free."""

    name: Line
    kind: ContactKind = "prospect"
    addresses: Annotated[list[AddressBody], Field(max_length=20)] = []
    owner_id: Id | None = None
    campaign_id: Id | None = None
    tags: Annotated[list[Line], Field(max_length=50)] = []
    fields: Values = {}
    source: Line = ""


class ContactChanges(Shape):
    """What is to change; lists, when given, replace all that was there."""

    name: Line = ""
    kind: ContactKind = "prospect"
    addresses: Annotated[list[AddressBody], Field(max_length=20)] = []
    owner_id: Id | None = None
    campaign_id: Id | None = None
    tags: Annotated[list[Line], Field(max_length=50)] = []
    fields: Values = {}
    source: Line = ""


class OwnerBody(Shape):
    """Who is to be responsible; null: nobody."""

    owner_id: Id | None


class ContactWindow(Window):
    """Which contacts are wanted."""

    search: Annotated[str, Field(max_length=400)] = ""
    owner: Annotated[str, Field(max_length=20, description="none, me, or the id of a person")] = ""
    filter: Annotated[str, Field(max_length=FILTER_LIMIT, description="the filter language, JSON")] = ""
    notification: Annotated[Id | None, Field(description="those that one of your notifications tells of")] = None
    missed: Annotated[bool, Field(description="only those who are to be called back")] = False


@router.get("/contacts", response=Page[ContactAnswer])
@action("contact.list")
def list_contacts(request: ApiRequest, window: Query[ContactWindow]) -> dict[str, Any]:
    """List the contacts that one may see, newest first."""
    asked = read_json(window.filter, path="filter") if window.filter else NO_FILTER
    rows = match_contacts(request, Wanted(window.owner, window.search, asked))
    if window.notification is not None:
        rows = rows.filter(pk__in=contact_ids_told(window.notification, person_id=request.actor.person_id))
    if window.missed:
        rows = rows.filter(pk__in=contacts_to_call_back())
    page, after = cut_page(rows, window)
    return answer_page(show_contacts(page), after)


@router.post("/contacts", response={201: ContactAnswer})
@action("contact.create")
def create_contact(request: ApiRequest, body: ContactBody) -> dict[str, Any]:
    """Create a contact by hand and give it its owner, both or neither."""
    # Before the addresses: whoever brings messages in takes the desk first too.
    lock_desk(request.actor.organization_id)
    contact = add_contact(_draft(body), actor=request.actor, at=request.at)
    owner_id = body.owner_id if "owner_id" in body.model_fields_set else request.actor.person_id
    if owner_id == request.actor.person_id:
        keep_contact(contact.pk, actor=request.actor, at=request.at)
    elif owner_id is not None:
        _give(request, contact.pk, owner_id)
    return show_contact(lock_contact(contact.pk))


@router.get("/contacts/{contact_id}", response=ContactAnswer)
@action("contact.view")
def read_contact(request: ApiRequest, contact_id: PathId) -> dict[str, Any] | HttpResponse:
    """Return a contact; one that was merged into another leads to it (308)."""
    contact = follow_merges(contact_id, actor=request.actor)
    if contact.pk != contact_id:
        return HttpResponse(status=308, headers={"Location": f"/api/v1/contacts/{contact.pk}"})
    return show_contact(contact)


@router.patch("/contacts/{contact_id}", response=ContactAnswer)
@action("contact.edit", "contact.take", "contact.assign")
def change_contact(request: ApiRequest, contact_id: PathId, body: ContactChanges) -> dict[str, Any]:
    """Change what is given of a contact, its owner among it, all or nothing."""
    changes, seen = body.given(), if_match(request)
    gives = "owner_id" in changes
    owner_id = changes.pop("owner_id", None)
    if "addresses" in changes:
        changes["addresses"] = _addresses(body.addresses)
    if gives or changes:
        lock_desk(request.actor.organization_id)
    if changes or not gives:
        edit_contact(contact_id, changes, actor=request.actor, at=request.at, if_version=seen)
        seen = None
    if gives:
        _give(request, contact_id, owner_id, if_version=seen)
    # Not `find_contact`: one may give away what one then sees no more.
    return show_contact(lock_contact(contact_id))


@router.put("/contacts/{contact_id}/owner", response=ContactAnswer)
@action("contact.take", "contact.assign")
def choose_owner(request: ApiRequest, contact_id: PathId, body: OwnerBody) -> dict[str, Any]:
    """Make somebody responsible for a contact, or nobody."""
    _give(request, contact_id, body.owner_id, if_version=if_match(request))
    return show_contact(lock_contact(contact_id))


def _draft(body: ContactBody) -> ContactDraft:
    return ContactDraft(
        name=body.name,
        kind=body.kind,
        addresses=_addresses(body.addresses),
        campaign_id=body.campaign_id,
        tags=tuple(body.tags),
        fields=body.fields,
        source=body.source,
    )


def _addresses(bodies: list[AddressBody]) -> tuple[AddressDraft, ...]:
    return tuple(AddressDraft(body.kind, body.value) for body in bodies)


def _give(request: ApiRequest, contact_id: int, owner_id: int | None, *, if_version: int | None = None) -> None:
    try:
        decision = assign_by_hand(
            contact_id, owner_id=owner_id, actor=request.actor, at=request.at, if_version=if_version
        )
    except UnknownPerson:
        # The contact is there; whom it was to be given to is not, or is none of the actor's business.
        raise Invalid((Fault("owner_id", "unknown_person", gettext("There is no such person.")),)) from None
    if decision is not None:
        wake_waiting(request.actor.organization_id, reason="people", at=request.at)
