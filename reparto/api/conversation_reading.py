"""What a conversation is to one person: read or not, and what they have begun to write in it."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Router
from pydantic import Field

from reparto.conversations.keep_draft import keep_draft
from reparto.conversations.mark_read import mark_read
from reparto.conversations.mark_unread import mark_unread
from reparto.conversations.queries import drafts_of, find_conversation, find_draft
from reparto.conversations.send_reply import MAX_TEXT, Reply

from .action import action
from .conversations import ConversationAnswer, show_conversation
from .request import ApiRequest
from .shapes import Answer, PathId, Shape

router = Router(tags=["conversations"])


class BegunBody(Shape):
    """What was begun; an empty text forgets it."""

    text: Annotated[str, Field(max_length=MAX_TEXT)]
    private: bool = False


class BegunAnswer(Answer):
    """A draft, seen by nobody else; an empty text when nothing was begun."""

    text: str = ""
    private: bool = False
    updated_at: datetime | None = None


@router.post("/conversations/{conversation_id}/read", response=ConversationAnswer)
@action("conversation.view")
def mark_as_read(request: ApiRequest, conversation_id: PathId) -> dict[str, Any]:
    """Have seen all that was said until now; for oneself alone."""
    talk = find_conversation(conversation_id, actor=request.actor)
    mark_read(talk.pk, actor=request.actor)
    return show_conversation(talk, request.actor)


@router.post("/conversations/{conversation_id}/unread", response=ConversationAnswer)
@action("conversation.view")
def mark_as_unread(request: ApiRequest, conversation_id: PathId) -> dict[str, Any]:
    """Keep it as unread, to come back to it; for oneself alone."""
    talk = find_conversation(conversation_id, actor=request.actor)
    mark_unread(talk.pk, actor=request.actor)
    return show_conversation(talk, request.actor)


@router.get("/conversations/{conversation_id}/draft", response=BegunAnswer)
@action("conversation.view")
def read_draft(request: ApiRequest, conversation_id: PathId) -> Any:
    """Return what one has begun to write; it stays one's own when one may not see the conversation any more."""
    return find_draft(conversation_id, actor=request.actor) or BegunAnswer()


@router.put("/conversations/{conversation_id}/draft", response=BegunAnswer)
@action("conversation.view")
def change_draft(request: ApiRequest, conversation_id: PathId, body: BegunBody) -> Any:
    """Keep what one has begun to write, so that it is there on every device."""
    keep_draft(conversation_id, Reply(body.text, body.private), actor=request.actor, at=request.at)
    return drafts_of(conversation_id, actor=request.actor).first() or BegunAnswer()
