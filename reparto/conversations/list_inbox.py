"""
The rows of the inbox: whose conversations, in which state, and what was said last in each.

A fixed few queries, however many rows.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from django.db.models import BigIntegerField, Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from reparto.kit.ask_together import counted
from reparto.people.actor import Actor

from .assigned import Assigned
from .models import Assignee, Conversation, Look, Mention, Message
from .queries import Working, assignee_rows, gather_assigned
from .search_conversations import search_conversations

View = Literal["mine", "unassigned", "team", "mentions"]
VIEWS: tuple[View, ...] = get_args(View)
STATUSES = ("open", "snoozed", "closed")
ANY = "any"  #: every state
#: Counting beyond this says nothing more to a person, and costs.
MOST_COUNTED = 999
#: What a row shows of a conversation, its contact and its account.
SHOWN = (
    *("status", "snoozed_until", "last_message_at", "last_inbound_at", "waiting_since", "preview", "preview_kind"),
    *("contact__name", "account__kind"),
)
#: A row of `last_word_rows`.
type Said = tuple[int, str | None, int | None, str | None, int | None]


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
    author_name: str
    unread: int  #: messages of the contact that this person has not seen


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation of the inbox."""

    talk: Conversation
    assigned: Assigned
    last: LastWord


def list_inbox(inbox: Inbox, visible: QuerySet[Conversation], *, actor: Actor, limit: int) -> list[Row]:
    """Return the latest of the conversations that the actor may see and the inbox asks for, at most `limit`."""
    talks = list(inbox_talks(inbox, visible, actor=actor, limit=limit))
    ids = [talk.pk for talk in talks]
    return draw_rows(talks, assignee_rows(ids), last_word_rows(ids, person_id=actor.person_id))


def inbox_talks(inbox: Inbox, visible: QuerySet[Conversation], *, actor: Actor, limit: int) -> QuerySet[Conversation]:
    """Return these conversations alone, with no more of contact and account than a row shows."""
    talks = filter_inbox(inbox, visible).filter(view_filter(inbox.view, actor))
    return talks.select_related(None).select_related("contact", "account").only(*SHOWN)[:limit]


def draw_rows(
    talks: Iterable[Conversation], assignees: QuerySet[Assignee, Working], said: QuerySet[Conversation, Said]
) -> list[Row]:
    """Return the rows of these conversations."""
    assigned, last = gather_assigned(assignees), gather_last_words(said)
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
    return gather_last_words(last_word_rows(conversation_ids, person_id=person_id))


def gather_last_words(said: QuerySet[Conversation, Said]) -> dict[int, LastWord]:
    """Return the words of these rows by conversation."""
    return {
        pk: LastWord(direction or "", author, name or "", number or 0) for pk, direction, author, name, number in said
    }


def last_word_rows(conversation_ids: Collection[int], *, person_id: int) -> QuerySet[Conversation, Said]:
    """Return for each conversation the last word, who said it, and how many are new to a person."""
    # An edit or a removal is no word of its own: what it changed shows it.
    said = Message.objects.filter(conversation=OuterRef("pk"), private=False, applied_at=None).order_by("-id")
    since = Conversation.objects.filter(pk=OuterRef(OuterRef("pk"))).values(since=_new_since(person_id))
    # As a value of its own: row-level security lets no expression narrow the reading of an index.
    new = counted(said.filter(direction="in", pk__gt=Subquery(since)), most=MOST_COUNTED)
    rows = Conversation.objects.filter(pk__in=conversation_ids)
    return rows.values_list(
        "pk",
        Subquery(said.values("direction")[:1]),
        Subquery(said.values("author_id")[:1]),
        Subquery(said.values("author__name")[:1]),
        new,
    )


def _new_since(person_id: int) -> Coalesce:
    """The message after which all of a conversation is new to a person; null: nothing is."""
    seen = Look.objects.filter(conversation=OuterRef("pk"), person_id=person_id).values("seen_id")
    # To whoever never opened it, what nobody has answered is new; the past of a long conversation is not read.
    before = Message.objects.filter(conversation=OuterRef("pk"), created_at__lt=OuterRef("waiting_since"))
    answered = Coalesce(Subquery(before.order_by("-id").values("pk")[:1]), 0, output_field=BigIntegerField())
    return Coalesce(Subquery(seen), Case(When(waiting_since__isnull=False, then=answered)))
