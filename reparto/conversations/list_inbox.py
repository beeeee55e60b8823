"""
The rows of the inbox: whose conversations, in which state, and what was said last in each.

One statement, however many rows. What is asked is composed once for whoever asks the same again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, get_args

from django.core.exceptions import EmptyResultSet
from django.db.models import Exists, OuterRef, Q, QuerySet

from reparto.kit.prepared import prepared_cursor
from reparto.people.actor import Actor

from .count_unread import UNREAD
from .models import Assignee, Conversation, Mention
from .queries import visible_conversations
from .search_conversations import search_conversations

View = Literal["mine", "unassigned", "team", "mentions"]
VIEWS: tuple[View, ...] = get_args(View)
STATUSES = ("open", "snoozed", "closed")
ANY = "any"  #: every state
#: Those who look at the inbox at one time, each with a view or two.
MOST_REMEMBERED = 1_000
#: A statement with its values.
type Asked = tuple[str, tuple[Any, ...]]
NOTHING: Asked = ("SELECT NULL::bigint WHERE false", ())


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
class Named:
    """Somebody as a row names them."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class LastWord:
    """What was said last in a conversation, as far as a row shows it."""

    direction: str  #: in, out; "" when nothing was said
    author: Named | None
    unread: int  #: messages of the contact that this person has not seen, up to MOST_COUNTED


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation of the inbox."""

    id: int
    status: str
    snoozed_until: datetime | None
    last_message_at: datetime
    last_inbound_at: datetime | None
    waiting_since: datetime | None
    preview: str
    preview_kind: str
    contact: Named
    channel: str
    people: tuple[Named, ...]  #: who work it, in the order in which they came
    groups: tuple[str, ...]
    last: LastWord
    tags: tuple[str, ...]


def list_inbox(inbox: Inbox, *, actor: Actor, limit: int) -> list[Row]:
    """Return the latest of the conversations that the actor may see and the inbox asks for (one query)."""
    talks, values = ask_inbox(inbox, actor)[0]
    with prepared_cursor() as cursor:
        cursor.execute(LIST.format(talks=talks, unread=UNREAD, limit=int(limit)), [*values, actor.person_id])
        return [_row(found) for found in cursor.fetchall()]


def ask_inbox(inbox: Inbox, actor: Actor) -> tuple[Asked, ...]:
    """Return the statements for the ids of the list and, behind it, for those of each view."""
    # Composing takes longer than answering; what it says follows from these alone, as long as nothing is looked up.
    if inbox.search or actor.sees is None:
        return _compose(inbox, actor)
    return _remember(inbox, actor, actor.sees)


@lru_cache(maxsize=MOST_REMEMBERED)
def _remember(inbox: Inbox, actor: Actor, _sees: tuple[int, ...]) -> tuple[Asked, ...]:
    return _compose(inbox, actor)


def _compose(inbox: Inbox, actor: Actor) -> tuple[Asked, ...]:
    rows = filter_inbox(inbox, visible_conversations(actor))
    listed = rows.filter(view_filter(inbox.view, actor)).values_list("pk")
    return (_sql(listed), *(_sql(rows.filter(view_filter(view, actor)).order_by().values_list("pk")) for view in VIEWS))


def _sql(rows: QuerySet[Any, Any]) -> Asked:
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return NOTHING


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


def _row(found: Sequence[Any]) -> Row:
    pk, status, snoozed_until, last_at, inbound_at, waiting_since, preview, preview_kind, *others = found
    contact_id, contact, channel, direction, author_id, author, people, names, groups, unread, tags = others
    return Row(
        id=pk,
        status=status,
        snoozed_until=snoozed_until,
        last_message_at=last_at,
        last_inbound_at=inbound_at,
        waiting_since=waiting_since,
        preview=preview,
        preview_kind=preview_kind,
        contact=Named(contact_id, contact),
        channel=channel,
        people=tuple(map(Named, people or (), names or ())),
        groups=tuple(groups or ()),
        last=LastWord(direction or "", None if author_id is None else Named(author_id, author), unread),
        tags=tuple(tags or ()),
    )


LIST = """
WITH shown (id, place) AS MATERIALIZED (
    SELECT asked.id, row_number() OVER () FROM ({talks} LIMIT {limit}) AS asked (id)
), me (id) AS (SELECT %s::bigint)
SELECT c.id, c.status, c.snoozed_until, c.last_message_at, c.last_inbound_at, c.waiting_since, c.preview,
    c.preview_kind, c.contact_id, k.name, a.kind, l.direction, l.author_id, w.name, s.people, s.names, s.groups,
    {unread},
    (SELECT array_agg(g.name ORDER BY g.folded) FROM contacts_contacttag t JOIN contacts_tag g ON g.id = t.tag_id
     WHERE t.contact_id = c.contact_id)
FROM shown CROSS JOIN me
JOIN conversations_conversation c ON c.id = shown.id
JOIN contacts_contact k ON k.id = c.contact_id
JOIN channels_account a ON a.id = c.account_id
LEFT JOIN LATERAL (
    SELECT m.direction, m.author_id FROM conversations_message m
    WHERE m.conversation_id = c.id AND NOT m.private AND m.applied_at IS NULL ORDER BY m.id DESC LIMIT 1
) l ON true
LEFT JOIN people_person w ON w.id = l.author_id
LEFT JOIN LATERAL (
    SELECT array_agg(x.person_id ORDER BY x.id) FILTER (WHERE x.person_id IS NOT NULL) AS people,
        array_agg(p.name ORDER BY x.id) FILTER (WHERE x.person_id IS NOT NULL) AS names,
        array_agg(g.name ORDER BY x.id) FILTER (WHERE x.group_id IS NOT NULL) AS groups
    FROM conversations_assignee x
    LEFT JOIN people_person p ON p.id = x.person_id
    LEFT JOIN people_group g ON g.id = x.group_id
    WHERE x.conversation_id = c.id
) s ON true
ORDER BY shown.place
"""
