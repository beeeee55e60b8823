"""
The rows of the inbox: whose conversations, in which state, and what was said last in each.

A fixed few queries, however many rows.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery

from reparto.people.actor import Actor

from .assigned import Assigned
from .models import Assignee, Conversation, Look, Mention, Message
from .queries import assignees_of
from .search_conversations import search_conversations

View = Literal["mine", "unassigned", "team", "mentions"]
VIEWS: tuple[View, ...] = get_args(View)
STATUSES = ("open", "snoozed", "closed")
ANY = "any"  #: every state


@dataclass(frozen=True, slots=True)
class Inbox:
    """
    Which conversations: mine, nobody's, all that somebody works, or where I was mentioned; in one state or in any; of
    one account or of all; worked by one group or its people; those in which a text is found.
    """

    view: View = "mine"
    status: str = "open"
    account_id: int | None = None
    group_id: int | None = None
    search: str = ""


@dataclass(frozen=True, slots=True)
class LastWord:
    """What was said last in a conversation, as far as a row shows it."""

    direction: str  #: in, out; "" when nothing was said
    author_id: int | None
    unread: int  #: messages of the contact that this person has not seen


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation of the inbox."""

    talk: Conversation
    assigned: Assigned
    last: LastWord


def list_inbox(inbox: Inbox, visible: QuerySet[Conversation], *, actor: Actor, limit: int) -> list[Row]:
    """Return the latest of the conversations that the actor may see and the inbox asks for, at most `limit`."""
    talks = list(filter_inbox(inbox, visible).filter(view_filter(inbox.view, actor))[:limit])
    ids = [talk.pk for talk in talks]
    assigned, last = assignees_of(ids), last_words(ids, person_id=actor.person_id)
    return [Row(talk, assigned[talk.pk], last[talk.pk]) for talk in talks]


def filter_inbox(inbox: Inbox, visible: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """Narrow conversations by all that an inbox asks, but its view."""
    chosen = visible if inbox.status == ANY else visible.filter(status=inbox.status)
    if inbox.account_id is not None:
        chosen = chosen.filter(account_id=inbox.account_id)
    if inbox.group_id is not None:
        inside = f"/{inbox.group_id:d}/"
        theirs = Q(group__path__contains=inside) | Q(person__group__path__contains=inside)
        chosen = chosen.filter(Exists(Assignee.objects.filter(theirs, conversation=OuterRef("pk"))))
    return search_conversations(chosen, inbox.search) if inbox.search else chosen


def view_filter(view: View, actor: Actor) -> Q:
    """Return which conversations a view has."""
    if view == "mentions":
        return Q(Exists(Mention.objects.filter(conversation=OuterRef("pk"), person_id=actor.person_id)))
    assignees = Assignee.objects.filter(conversation=OuterRef("pk"))
    if view == "mine":
        return Q(Exists(assignees.filter(person_id=actor.person_id)))
    return ~Q(Exists(assignees)) if view == "unassigned" else Q(Exists(assignees))


def last_words(conversation_ids: Collection[int], *, person_id: int) -> dict[int, LastWord]:
    """Return what was said last in each conversation, and how much of it is new to a person (one query)."""
    # An edit or a removal is no word of its own: what it changed shows it.
    said = Message.objects.filter(conversation=OuterRef("pk"), private=False, applied_at=None).order_by("-id")
    look = Look.objects.filter(person_id=person_id)
    seen = look.filter(conversation=OuterRef(OuterRef("pk"))).values("seen_id")
    # To whoever never opened it, what nobody has answered is new; the past of a long conversation is not.
    never = Q(created_at__gte=OuterRef("waiting_since")) & ~Q(
        Exists(look.filter(conversation=OuterRef(OuterRef("pk"))))
    )
    new = said.filter(Q(pk__gt=Subquery(seen)) | never, direction="in")
    counted = new.order_by().values("conversation").annotate(number=Count("id")).values("number")
    rows = Conversation.objects.filter(pk__in=conversation_ids).values_list(
        "pk",
        Subquery(said.values("direction")[:1]),
        Subquery(said.values("author_id")[:1]),
        Subquery(counted, output_field=IntegerField()),
    )
    return {pk: LastWord(direction or "", author, number or 0) for pk, direction, author, number in rows}
