"""
The rows of the inbox: whose conversations, in which state, and what was said last in each.

A fixed few queries, however many rows.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery

from reparto.people.actor import Actor

from .assigned import Assigned
from .models import Assignee, Conversation, Message
from .queries import assignees_of, visible_conversations

View = Literal["mine", "unassigned", "team"]
VIEWS: tuple[View, ...] = get_args(View)
STATUSES = ("open", "snoozed", "closed")


@dataclass(frozen=True, slots=True)
class Inbox:
    """Which conversations: mine, nobody's, or all that somebody works; in one state; of one account or of all."""

    view: View = "mine"
    status: str = "open"
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class LastWord:
    """What was said last in a conversation, as far as a row shows it."""

    direction: str  #: in, out; "" when nothing was said
    author_id: int | None
    unanswered: int  #: messages of the contact since we last answered


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation of the inbox."""

    talk: Conversation
    assigned: Assigned
    last: LastWord


def list_inbox(inbox: Inbox, *, actor: Actor, limit: int) -> list[Row]:
    """Return the latest conversations of an inbox, at most `limit`."""
    talks = list(select_inbox(inbox, visible_conversations(actor), actor=actor)[:limit])
    ids = [talk.pk for talk in talks]
    assigned, last = assignees_of(ids), last_words(ids)
    return [Row(talk, assigned[talk.pk], last[talk.pk]) for talk in talks]


def select_inbox(inbox: Inbox, visible: QuerySet[Conversation], *, actor: Actor) -> QuerySet[Conversation]:
    """Narrow conversations that the actor may see to those of an inbox."""
    assignees = Assignee.objects.filter(conversation=OuterRef("pk"))
    chosen = visible.filter(status=inbox.status)
    if inbox.account_id is not None:
        chosen = chosen.filter(account_id=inbox.account_id)
    if inbox.view == "mine":
        return chosen.filter(Exists(assignees.filter(person_id=actor.person_id)))
    return chosen.filter(~Exists(assignees)) if inbox.view == "unassigned" else chosen.filter(Exists(assignees))


def last_words(conversation_ids: Collection[int]) -> dict[int, LastWord]:
    """Return what was said last in each conversation (one query)."""
    said = Message.objects.filter(conversation=OuterRef("pk"), private=False).order_by("-id")
    since = said.filter(direction="in", created_at__gte=OuterRef("waiting_since"))
    counted = since.order_by().values("conversation").annotate(number=Count("id")).values("number")
    rows = Conversation.objects.filter(pk__in=conversation_ids).values_list(
        "pk",
        Subquery(said.values("direction")[:1]),
        Subquery(said.values("author_id")[:1]),
        Subquery(counted, output_field=IntegerField()),
    )
    return {pk: LastWord(direction or "", author, number or 0) for pk, direction, author, number in rows}
