"""Quick replies: the caller's own and everybody's."""

from datetime import datetime
from typing import Any

from ninja import Query, Router

from reparto.conversations.keep_quick_reply import QuickReplyDraft, forget_quick_reply, keep_quick_reply
from reparto.conversations.models import QuickReply
from reparto.conversations.queries import lock_quick_reply, quick_replies_of

from .action import action
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest
from .shapes import Answer, Line, Page, PathId, Shape, Text

router = Router(tags=["quick replies"])


class QuickReplyBody(Shape):
    """A text that is said often, with variables like `{{contact.first_name}}`; `shared`: everybody's, not one's own."""

    name: Line
    text: Text
    shared: bool = False


class QuickReplyChanges(Shape):
    """What is to change."""

    name: Line = ""
    text: Text = ""
    shared: bool = False


class QuickReplyAnswer(Answer):
    """A quick reply."""

    id: int
    name: str
    text: str
    shared: bool
    updated_at: datetime


def show_quick_reply(row: QuickReply) -> dict[str, Any]:
    """Return a quick reply as its names are in the contract's style."""
    shared = row.person_id is None
    return {"id": row.pk, "name": row.name, "text": row.text, "shared": shared, "updated_at": row.updated_at}


@router.get("/quick-replies", response=Page[QuickReplyAnswer])
@action("quick_reply.own")
def list_quick_replies(request: ApiRequest, window: Query[Window]) -> dict[str, Any]:
    """List the caller's own and everybody's, newest first."""
    page, after = cut_page(quick_replies_of(request.actor), window)
    return answer_page([show_quick_reply(row) for row in page], after)


@router.post("/quick-replies", response={201: QuickReplyAnswer})
@action("quick_reply.own", "quick_reply.shared")
def add_quick_reply(request: ApiRequest, body: QuickReplyBody) -> dict[str, Any]:
    """Keep a new one."""
    draft = QuickReplyDraft(body.name, body.text, body.shared)
    return show_quick_reply(keep_quick_reply(draft, actor=request.actor, at=request.at))


@router.patch("/quick-replies/{quick_reply_id}", response=QuickReplyAnswer)
@action("quick_reply.own", "quick_reply.shared")
def change_quick_reply(request: ApiRequest, quick_reply_id: PathId, body: QuickReplyChanges) -> dict[str, Any]:
    """Change what is given of one."""
    row, given = lock_quick_reply(quick_reply_id, actor=request.actor), body.given()
    shared = given.get("shared", row.person_id is None)
    draft = QuickReplyDraft(given.get("name", row.name), given.get("text", row.text), shared)
    return show_quick_reply(keep_quick_reply(draft, actor=request.actor, at=request.at, quick_reply_id=row.pk))


@router.delete("/quick-replies/{quick_reply_id}", response={204: None})
@action("quick_reply.own", "quick_reply.shared")
def remove_quick_reply(request: ApiRequest, quick_reply_id: PathId) -> None:
    """Forget one; what was said with it stays."""
    forget_quick_reply(quick_reply_id, actor=request.actor)
