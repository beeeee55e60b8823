"""Tags, and the company's own fields: what a contact can be marked with."""

from typing import Annotated, Any, Literal

from ninja import Query, Router
from pydantic import Field

from reparto.contacts.add_custom_field import CustomFieldDraft, add_custom_field
from reparto.contacts.add_tag import add_tag
from reparto.contacts.edit_custom_field import edit_custom_field
from reparto.contacts.models import CustomField, Tag
from reparto.contacts.order_custom_fields import order_custom_fields
from reparto.contacts.queries import all_custom_fields, all_tags

from .action import action
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest
from .shapes import Answer, Ids, Line, Page, PathId, Shape

router = Router(tags=["tags"])
type FieldType = Literal["text", "number", "date", "choice", "multi", "yesno"]


class TagBody(Shape):
    """A tag to be added."""

    name: Line


class TagAnswer(Answer):
    """A tag."""

    id: int
    name: str


class FieldBody(Shape):
    """A field of the company's own to be added; choices belong to the types `choice` and `multi`."""

    key: Line
    label: Line
    type: FieldType
    choices: Annotated[list[Line], Field(max_length=500)] = []


class FieldAnswer(Answer):
    """A field of the company's own: `custom.KEY` in filters."""

    id: int
    key: str
    label: str
    type: FieldType
    choices: list[str]
    position: int
    retired: bool


class FieldChanges(Shape):
    """What is to change of a field; key and type stay. A retired one is asked no more, what is kept stays."""

    label: Line = ""
    choices: Annotated[list[Line], Field(max_length=500)] = []
    retired: bool = False


class FieldOrder(Shape):
    """All fields, in the order in which forms ask them."""

    ids: Ids


def show_tag(tag: Tag) -> dict[str, Any]:
    """Return a tag as the contract names its fields."""
    return {"id": tag.pk, "name": tag.name}


def show_field(field: CustomField) -> dict[str, Any]:
    """Return a field as the contract names its fields."""
    names = ("key", "label", "type", "choices", "position")
    shown = {name: getattr(field, name) for name in names}
    return {"id": field.pk, **shown, "retired": field.retired_at is not None}


@router.get("/tags", response=Page[TagAnswer])
@action("settings.view")
def list_tags(request: ApiRequest, window: Query[Window]) -> dict[str, Any]:
    """List the tags, newest first."""
    page, after = cut_page(all_tags(), window)
    return answer_page([show_tag(tag) for tag in page], after)


@router.post("/tags", response={201: TagAnswer})
@action("settings.manage")
def create_tag(request: ApiRequest, body: TagBody) -> dict[str, Any]:
    """Add a tag; accents and case do not make another."""
    return show_tag(add_tag(body.name, actor=request.actor, at=request.at))


@router.get("/fields", response=Page[FieldAnswer])
@action("settings.view")
def list_fields(request: ApiRequest, window: Query[Window]) -> dict[str, Any]:
    """List the company's own fields, newest first."""
    page, after = cut_page(all_custom_fields(), window)
    return answer_page([show_field(field) for field in page], after)


@router.post("/fields", response={201: FieldAnswer})
@action("settings.manage")
def create_field(request: ApiRequest, body: FieldBody) -> dict[str, Any]:
    """Add a field of the company's own."""
    draft = CustomFieldDraft(body.key, body.label, body.type, tuple(body.choices))
    return show_field(add_custom_field(draft, actor=request.actor, at=request.at))


@router.put("/fields/order", response=Page[FieldAnswer])
@action("settings.manage")
def order_fields(request: ApiRequest, body: FieldOrder) -> dict[str, Any]:
    """Put the company's own fields in order."""
    fields = order_custom_fields(body.ids, actor=request.actor, at=request.at)
    return answer_page([show_field(field) for field in fields], None)


@router.patch("/fields/{field_id}", response=FieldAnswer)
@action("settings.manage")
def change_field(request: ApiRequest, field_id: PathId, body: FieldChanges) -> dict[str, Any]:
    """Rename a field of the company's own, change its choices, retire it or ask it again."""
    return show_field(edit_custom_field(field_id, body.given(), actor=request.actor, at=request.at))
