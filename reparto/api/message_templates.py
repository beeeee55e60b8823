"""Message templates of WhatsApp accounts, as Meta has approved them. One is sent as a message of a conversation."""

from datetime import datetime
from typing import Any

from ninja import Query, Router

from reparto.channels.keep_message_template import TemplateDraft, forget_message_template, keep_message_template
from reparto.channels.models import MessageTemplate
from reparto.channels.queries import all_templates, templates_of
from reparto.channels.whatsapp.fill_placeholders import read_placeholders

from .action import action
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest
from .shapes import Answer, Id, Line, Page, PathId, Shape, Text

router = Router(tags=["message templates"])


class MessageTemplateBody(Shape):
    """A template; one of this account, name and language gets another body."""

    account_id: Id
    name: Line
    language: Line
    body: Text


class MessageTemplateAnswer(Answer):
    """A template; `variables` are the names of what its body leaves open."""

    id: int
    account_id: int
    name: str
    language: str
    body: str
    variables: list[str]
    updated_at: datetime


class TemplateWindow(Window):
    """Which templates are wanted."""

    account_id: Id | None = None


def show_template(row: MessageTemplate) -> dict[str, Any]:
    """Return a template as its names are in the contract's style."""
    plain = ("account_id", "name", "language", "body", "updated_at")
    return {"id": row.pk, "variables": list(read_placeholders(row.body))} | {name: getattr(row, name) for name in plain}


@router.get("/message-templates", response=Page[MessageTemplateAnswer])
@action("conversation.list")
def list_templates(request: ApiRequest, window: Query[TemplateWindow]) -> dict[str, Any]:
    """List the templates of one account or of all, newest first."""
    rows = all_templates() if window.account_id is None else templates_of(window.account_id)
    page, after = cut_page(rows, window)
    return answer_page([show_template(row) for row in page], after)


@router.post("/message-templates", response={201: MessageTemplateAnswer})
@action("accounts.manage")
def keep_template(request: ApiRequest, body: MessageTemplateBody) -> dict[str, Any]:
    """Keep a template as Meta has it."""
    draft = TemplateDraft(body.account_id, body.name, body.language, body.body)
    return show_template(keep_message_template(draft, actor=request.actor, at=request.at))


@router.delete("/message-templates/{template_id}", response={204: None})
@action("accounts.manage")
def remove_template(request: ApiRequest, template_id: PathId) -> None:
    """Forget a template; what was sent with it stays."""
    forget_message_template(template_id, actor=request.actor, at=request.at)
