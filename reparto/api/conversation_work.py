"""What is done to a conversation: who works it, what is said, whether it is open."""

from collections.abc import Callable
from typing import Annotated, Any

from django.utils.translation import gettext
from ninja import Query, Router
from pydantic import Field

from reparto.assignment.answer_conversation import answer_conversation
from reparto.assignment.assign_conversation import Chosen, assign_conversation
from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.reopen_to_work import reopen_to_work
from reparto.assignment.wake_waiting import wake_waiting
from reparto.conversations.check_seen import check_seen
from reparto.conversations.close_conversation import close_conversation
from reparto.conversations.fill_template import fill_template
from reparto.conversations.models import Conversation
from reparto.conversations.queries import find_conversation, lock_conversation, messages_of
from reparto.conversations.resend_message import resend_message
from reparto.conversations.send_reply import Reply
from reparto.conversations.snooze_conversation import snooze_conversation
from reparto.kit.check_version import check_version
from reparto.kit.faults import Fault, Invalid
from reparto.people.queries import UnknownGroup, UnknownPerson

from .action import action
from .conversations import ConversationAnswer, show_conversation
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest, if_match
from .shapes import Id, Ids, Instant, Page, PathId, Shape, Text
from .show_messages import MessageAnswer, show_messages

router = Router(tags=["conversations"])


class AssigneesBody(Shape):
    """Who is to work it: all of them, not only the new ones."""

    person_ids: Ids = []
    group_ids: Ids = []


class MessageBody(Shape):
    """
    A reply, or a note that only our own people see.

    Or a message template of the account (`template_id`), with a value for each of its variables, instead of a text.
    With `seen`, the newest message that one has read, nothing is said over a colleague's newer answer: 409.
    """

    text: Text = ""
    private: bool = False
    template_id: Id | None = None
    values: Annotated[dict[str, Text], Field(max_length=100)] = {}
    seen: Id | None = None


class CloseBody(Shape):
    """Why it is closed."""

    reason_id: Id | None = None


class SnoozeBody(Shape):
    """Until when it is put off."""

    until: Instant


class NoBody(Shape):
    """Nothing needs saying."""


@router.put("/conversations/{conversation_id}/assignees", response=ConversationAnswer)
@action("conversation.take", "conversation.assign")
def choose_assignees(request: ApiRequest, conversation_id: PathId, body: AssigneesBody) -> dict[str, Any]:
    """Make exactly these people and groups work a conversation."""
    _begin(request, conversation_id)
    chosen = Chosen(tuple(body.person_ids), tuple(body.group_ids))
    try:
        decision = assign_conversation(conversation_id, chosen, actor=request.actor, at=request.at)
    except UnknownPerson:
        raise Invalid((Fault("person_ids", "unknown_person", gettext("There is no such person.")),)) from None
    except UnknownGroup:
        raise Invalid((Fault("group_ids", "unknown_group", gettext("There is no such group.")),)) from None
    if decision is not None:
        wake_waiting(request.actor.organization_id, reason="people", at=request.at)
    return _shown(request, conversation_id)


@router.get("/conversations/{conversation_id}/messages", response=Page[MessageAnswer])
@action("conversation.view")
def list_messages(request: ApiRequest, conversation_id: PathId, window: Query[Window]) -> dict[str, Any]:
    """List what was said and noted, newest first."""
    find_conversation(conversation_id, actor=request.actor)
    page, after = cut_page(messages_of(conversation_id), window)
    return answer_page(show_messages(page), after)


@router.post("/conversations/{conversation_id}/messages", response={201: MessageAnswer})
@action("conversation.reply")
def say(request: ApiRequest, conversation_id: PathId, body: MessageBody) -> dict[str, Any]:
    """Reply, or note something in private."""
    _begin(request, conversation_id)
    if body.seen is not None and not body.private:
        check_seen(conversation_id, body.seen, actor=request.actor)
    reply = Reply(body.text, body.private)
    if body.template_id is not None:
        talk = find_conversation(conversation_id, actor=request.actor)
        needless = [name for name in ("private", "text") if getattr(body, name)]
        if needless:
            raise Invalid(tuple(Fault(name, "needless", gettext("A template says all of it.")) for name in needless))
        filled = fill_template(talk, body.template_id, body.values)
        reply = Reply(filled.text, template=filled.content)
    (said,) = show_messages([answer_conversation(conversation_id, reply, actor=request.actor, at=request.at)])
    return said


@router.post("/conversations/{conversation_id}/messages/{message_id}/resend", response=MessageAnswer)
@action("conversation.reply")
def resend(request: ApiRequest, conversation_id: PathId, message_id: PathId) -> dict[str, Any]:
    """Send a message once more that certainly did not leave."""
    _begin(request, conversation_id)
    (said,) = show_messages([resend_message(conversation_id, message_id, actor=request.actor, at=request.at)])
    return said


@router.post("/conversations/{conversation_id}/close", response=ConversationAnswer)
@action("conversation.close")
def close(request: ApiRequest, conversation_id: PathId, body: CloseBody | None = None) -> dict[str, Any]:
    """Close a conversation; its people have room again."""
    if body is not None and body.reason_id is not None:
        raise Invalid((Fault("reason_id", "unknown_reason", gettext("There is no such reason.")),))
    return _change(request, conversation_id, close_conversation)


@router.post("/conversations/{conversation_id}/reopen", response=ConversationAnswer)
@action("conversation.close")
def reopen(request: ApiRequest, conversation_id: PathId, body: NoBody | None = None) -> dict[str, Any]:
    """Reopen a conversation; it is with whoever had it and still works here, else with nobody: the rules look again."""
    return _change(request, conversation_id, reopen_to_work)


@router.post("/conversations/{conversation_id}/snooze", response=ConversationAnswer)
@action("conversation.close")
def snooze(request: ApiRequest, conversation_id: PathId, body: SnoozeBody) -> dict[str, Any]:
    """Put a conversation off."""
    _begin(request, conversation_id)
    snooze_conversation(conversation_id, until=body.until, actor=request.actor, at=request.at)
    wake_waiting(request.actor.organization_id, reason="people", at=request.at)
    return _shown(request, conversation_id)


def _change(request: ApiRequest, conversation_id: int, verb: Callable[..., Conversation]) -> dict[str, Any]:
    _begin(request, conversation_id)
    verb(conversation_id, actor=request.actor, at=request.at)
    wake_waiting(request.actor.organization_id, reason="people", at=request.at)
    return _shown(request, conversation_id)


def _begin(request: ApiRequest, conversation_id: int) -> None:
    """Take the desk, and then compare versions: nobody changes who works it or how much meanwhile."""
    lock_desk(request.actor.organization_id)
    talk = find_conversation(conversation_id, actor=request.actor)
    check_version(talk.version, if_match(request))


def _shown(request: ApiRequest, conversation_id: int) -> dict[str, Any]:
    return show_conversation(lock_conversation(conversation_id), request.actor)
