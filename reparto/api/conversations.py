"""Conversations: list and read. What is done to one is in `conversation_work`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.utils.translation import gettext
from ninja import Query, Router
from pydantic import Field

from reparto.conversations.count_unread import count_unread
from reparto.conversations.find_missed_calls import contacts_to_call_back, find_missed_calls
from reparto.conversations.list_inbox import view_filter
from reparto.conversations.models import Conversation
from reparto.conversations.queries import (
    assignees_of,
    find_conversation,
    visible_conversations,
    worked_by,
    worked_by_group,
    worked_by_nobody,
)
from reparto.kit.faults import Fault, Invalid
from reparto.people.actor import Actor

from .action import action
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest
from .shapes import MAX_ID, Answer, Assignees, Page, PathId
from .show_contacts import MissedCallAnswer

router = Router(tags=["conversations"])
type Status = Literal["open", "snoozed", "closed"]
QueryId = Annotated[int | None, Field(ge=1, le=MAX_ID)]


class ContactName(Answer):
    """With whom."""

    id: int
    name: str


class ConversationAnswer(Answer):
    """
    A conversation. `waiting_since`: the contact wrote then, and nobody has answered yet; `unread`: how many of the
    contact's messages the person behind the token has not seen, 999 at most.
    """

    id: int
    version: int
    status: Status
    contact_id: int
    account_id: int
    assignees: Assignees
    contact: ContactName
    waiting_since: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    snoozed_until: datetime | None
    last_message_at: datetime
    preview: str
    preview_kind: str
    missed_call: MissedCallAnswer | None
    unread: int


class ConversationWindow(Window):
    """Which conversations are wanted."""

    status: Status | None = None
    assignee: Annotated[str, Field(max_length=20, description="me, none, or the id of a person")] = ""
    group: QueryId = None
    account: QueryId = None
    contact: QueryId = None
    mentioned: Annotated[Literal["me"] | None, Field(description="only those in which one was mentioned")] = None
    missed: Annotated[bool, Field(description="only those whose contact is to be called back")] = False


PLAIN = (
    "version",
    "status",
    "contact_id",
    "account_id",
    "waiting_since",
    "opened_at",
    "closed_at",
    "snoozed_until",
    "last_message_at",
    "preview",
    "preview_kind",
)


def show_conversation(talk: Conversation, actor: Actor) -> dict[str, Any]:
    """Return one conversation as the contract names its fields."""
    return show_conversations([talk], actor)[0]


def show_conversations(talks: Sequence[Conversation], actor: Actor) -> list[dict[str, Any]]:
    """Return conversations, their contacts loaded, as the contract names their fields (three queries)."""
    ids = [talk.pk for talk in talks]
    assigned, unread = assignees_of(ids), count_unread(ids, actor=actor)
    missed = find_missed_calls({talk.contact_id for talk in talks})
    return [
        {name: getattr(talk, name) for name in PLAIN}
        | {
            "id": talk.pk,
            "contact": {"id": talk.contact_id, "name": talk.contact.name},
            "assignees": {
                "person_ids": assigned[talk.pk].person_ids,
                "group_ids": assigned[talk.pk].group_ids,
            },
            "missed_call": missed.get(talk.contact_id),
            "unread": unread[talk.pk],
        }
        for talk in talks
    ]


@router.get("/conversations", response=Page[ConversationAnswer])
@action("conversation.list")
def list_conversations(request: ApiRequest, window: Query[ConversationWindow]) -> dict[str, Any]:
    """List the conversations that one may see, newest first."""
    rows = _worked(visible_conversations(request.actor), window.assignee, request)
    if window.status is not None:
        rows = rows.filter(status=window.status)
    if window.group is not None:
        rows = worked_by_group(rows, window.group)
    if window.mentioned is not None:
        rows = rows.filter(view_filter("mentions", request.actor))
    if window.missed:
        rows = rows.filter(contact_id__in=contacts_to_call_back())
    for column in ("account", "contact"):
        wanted = getattr(window, column)
        rows = rows if wanted is None else rows.filter(**{f"{column}_id": wanted})
    page, after = cut_page(rows, window)
    return answer_page(show_conversations(page, request.actor), after)


@router.get("/conversations/{conversation_id}", response=ConversationAnswer)
@action("conversation.view")
def read_conversation(request: ApiRequest, conversation_id: PathId) -> dict[str, Any]:
    """Return a conversation."""
    return show_conversation(find_conversation(conversation_id, actor=request.actor), request.actor)


def _worked(rows: QuerySet[Conversation], assignee: str, request: ApiRequest) -> QuerySet[Conversation]:
    if assignee == "":
        return rows
    if assignee == "none":
        return worked_by_nobody(rows)
    if assignee == "me":
        return worked_by(rows, request.actor.person_id)
    if not (assignee.isascii() and assignee.isdigit() and len(assignee) < 19):
        raise Invalid((Fault("assignee", "unknown_choice", gettext("Write none, me, or the id of a person.")),))
    return worked_by(rows, int(assignee))
