"""E-mail templates: what a rule sends to whoever it gives a contact."""

from typing import Annotated, Any

from ninja import Query, Router
from pydantic import Field

from reparto.rules.add_template import add_template
from reparto.rules.delete_template import delete_template
from reparto.rules.edit_template import edit_template
from reparto.rules.find_template import all_templates, find_template
from reparto.rules.models import Template
from reparto.rules.preview_template import preview_template
from reparto.rules.read_template import TemplateDraft
from reparto.rules.show_template import show_template

from .action import action
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest, if_match
from .shapes import Answer, Id, Line, Page, PathId, Shape, Text

router = Router(tags=["templates"])


class TemplateBody(Shape):
    """A template; subject and body may name merge fields: `{{contact.name}}`, `{{contact.custom.KEY}}`."""

    name: Line
    subject: Line
    body: Text


class TemplateChanges(Shape):
    """What is to change."""

    name: Line = ""
    subject: Line = ""
    body: Text = ""


class TemplatePreview(Shape):
    """A template that need not be kept, and the contact to fill it in for."""

    subject: Line
    body: Text
    contact_id: Id


class TemplateAnswer(Answer):
    """A template; `version` is its edit counter, for `If-Match`."""

    id: int
    version: int
    name: str
    subject: str
    body: str


class FilledAnswer(Answer):
    """What the mail would say."""

    subject: str
    body: Annotated[str, Field(description="Plain text.")]


def answer_template(template: Template) -> dict[str, Any]:
    """Return a template as the contract names its fields."""
    return {"id": template.pk, "version": template.version, **show_template(template)}


@router.get("/templates", response=Page[TemplateAnswer])
@action("rules.view")
def list_templates(request: ApiRequest, window: Query[Window]) -> dict[str, Any]:
    """List the e-mail templates, newest first."""
    page, after = cut_page(all_templates(), window)
    return answer_page([answer_template(template) for template in page], after)


@router.post("/templates", response={201: TemplateAnswer})
@action("rules.manage")
def create_template(request: ApiRequest, body: TemplateBody) -> dict[str, Any]:
    """Keep a new template."""
    draft = TemplateDraft(body.name, body.subject, body.body)
    return answer_template(add_template(draft, actor=request.actor, at=request.at))


@router.post("/templates/preview", response=FilledAnswer)
@action("rules.manage")
def fill_in(request: ApiRequest, body: TemplatePreview) -> Any:
    """Fill a template in for a contact, as the caller would receive it; nothing is stored or sent."""
    return preview_template(TemplateDraft("", body.subject, body.body), body.contact_id, actor=request.actor)


@router.get("/templates/{template_id}", response=TemplateAnswer)
@action("rules.view")
def read_template(request: ApiRequest, template_id: PathId) -> dict[str, Any]:
    """Return a template."""
    return answer_template(find_template(template_id))


@router.patch("/templates/{template_id}", response=TemplateAnswer)
@action("rules.manage")
def change_template(request: ApiRequest, template_id: PathId, body: TemplateChanges) -> dict[str, Any]:
    """Change a template; rules that use it send the new words."""
    changed = edit_template(template_id, body.given(), actor=request.actor, at=request.at, if_version=if_match(request))
    return answer_template(changed)


@router.delete("/templates/{template_id}", response={204: None})
@action("rules.manage")
def remove_template(request: ApiRequest, template_id: PathId) -> None:
    """Delete a template that no rule names."""
    delete_template(template_id, actor=request.actor, at=request.at, if_version=if_match(request))
