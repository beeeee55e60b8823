"""
What was said and decided in a conversation, in order: days, bubbles, private notes, events of the desk.

One page of fifty messages by keyset, oldest first as one reads; what the desk decided stands where it happened.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext, pgettext

from reparto.assignment.models import Decision
from reparto.assignment.queries import decisions_of_conversation
from reparto.assignment.read_names import NamesOf, read_names
from reparto.conversations.expect_attachments import WITH_FILE
from reparto.conversations.models import Attachment, Mention, Message
from reparto.conversations.queries import attachment_rows, gather_mentions, mention_rows, messages_of
from reparto.conversations.record_status import ACTION
from reparto.kit.models import AuditEntry
from reparto.kit.read_audit import read_audit
from reparto.people.models import Person

from ..contacts.draw_changes import draw_changes
from .draw_events import draw_events
from .draw_file import draw_file
from .mark_mentions import mark_mentions
from .say_kind import caption_of

PAGE = 50
#: A thread that stays open grows with what arrives; beyond this it is better drawn anew.
MOST = 500


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a thread: which messages, and whether there are earlier ones."""

    messages: tuple[Message, ...]  #: oldest first
    earlier: bool
    reaches_end: bool

    @property
    def first_id(self) -> int:
        """The id from which this stretch begins; 0 when it begins with the conversation."""
        return self.messages[0].pk if self.messages and self.earlier else 0


def ask_latest(conversation_id: int) -> QuerySet[Message]:
    """Return the question for the last page of a thread."""
    return messages_of(conversation_id)[: PAGE + 1]


def read_latest(latest: QuerySet[Message]) -> Part:
    """Return the last page of a thread, of what `ask_latest` asked."""
    return _part(list(latest), reaches_end=True)


def read_before(conversation_id: int, before: int) -> Part:
    """Return the page that ends just before a message."""
    return _part(list(messages_of(conversation_id).filter(pk__lt=before)[: PAGE + 1]), reaches_end=False)


def read_from(conversation_id: int, first: int) -> Part:
    """Return all from a message on, for a thread that is open."""
    found = list(messages_of(conversation_id).filter(pk__gte=first)[:MOST])
    return Part(tuple(reversed(found)), earlier=first > 0, reaches_end=True)


def _part(newest_first: Sequence[Message], *, reaches_end: bool) -> Part:
    return Part(tuple(reversed(newest_first[:PAGE])), earlier=len(newest_first) > PAGE, reaches_end=reaches_end)


@dataclass(frozen=True, slots=True)
class ThreadAsked:
    """What a stretch asks beside its messages (`read_together`)."""

    mentions: QuerySet[Mention]
    files: QuerySet[Attachment]
    decisions: QuerySet[Decision]
    changes: QuerySet[AuditEntry]  #: who closed, put off and reopened it

    @property
    def all(self) -> tuple[QuerySet[Any, Any], ...]:
        """All of it."""
        return self.mentions, self.files, self.decisions, self.changes

    def read_names(self) -> NamesOf:
        """Return the names of whoever decided something here or changed how it stands."""
        return read_names(self.decisions, whole=(), others={one.actor_id for one in self.changes if one.actor_id})


def ask_thread(conversation_id: int, part: Part) -> ThreadAsked:
    """Return what a stretch asks."""
    with_file = [message.pk for message in part.messages if message.kind in WITH_FILE and not message.removed_at]
    return ThreadAsked(
        mentions=mention_rows([message.pk for message in part.messages if message.private]),
        files=attachment_rows(with_file),
        decisions=_within(part, decisions_of_conversation(conversation_id)),
        changes=_within(part, read_audit("conversation", [conversation_id]).filter(action=ACTION)),
    )


def draw_thread(part: Part, asked: ThreadAsked, names: NamesOf, *, at: datetime) -> list[dict[str, Any]]:
    """Return the entries of a stretch: messages and events by time, a line before each new day."""
    mentions, files = gather_mentions(asked.mentions), {file.message_id: file for file in asked.files}
    entries = [
        (message.created_at, 0, _draw(message, mentions.get(message.pk, ()), files.get(message.pk)))
        for message in part.messages
    ]
    events = draw_events(asked.decisions, names)
    entries += [(decision.at, 1, event) for decision, event in zip(asked.decisions, events, strict=True)]
    changes = draw_changes(asked.changes, names)
    entries += [(change["at"], 2, change) for change in changes]
    entries.sort(key=lambda entry: (entry[0], entry[1]))
    return list(_with_days([entry for _, _, entry in entries], at=at))


def _within[Row: (Decision, AuditEntry)](part: Part, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Keep what happened while this was said."""
    if part.earlier and part.messages:
        rows = rows.filter(at__gte=part.messages[0].created_at)
    if not part.reaches_end and part.messages:
        rows = rows.filter(at__lt=part.messages[-1].created_at)
    return rows[:MOST]


def _draw(message: Message, mentions: Sequence[Mention], file: Attachment | None) -> dict[str, Any]:
    shape = "note" if message.private else "message"
    caption = caption_of("revoke" if message.removed_at else message.kind, message.payload)
    if caption and file:
        caption |= draw_file(file)
    return {
        "shape": shape,
        "id": message.pk,
        "direction": message.direction,
        "text": mark_mentions(message.text, mentions) if mentions else message.text,
        "edited": message.edited_at is not None and not message.removed_at,
        "at": message.sent_at,
        "author": message.author or (_nobody() if message.private else None),
        "status": message.status,
        "reason": message.error or gettext("It could not be delivered."),
        "attachments": [caption] if caption else [],
    }


def _nobody() -> Person:
    return Person(pk=0, name=gettext("System"))


def _with_days(entries: Iterable[dict[str, Any]], *, at: datetime) -> Iterable[dict[str, Any]]:
    today, present = timezone.localtime(at).date(), None
    for entry in entries:
        day = timezone.localtime(entry["at"]).date()
        # A message may have been said before the one above it: days never go back.
        if present is None or day > present:
            present = day
            yield {"shape": "day", "id": day.isoformat(), "label": _say_day(day, today)}
        yield entry


def _say_day(day: date, today: date) -> str:
    said = formats.date_format(day, pgettext("date", "l j F") if day.year == today.year else "DATE_FORMAT")
    if day == today:
        return gettext("Today, %(day)s") % {"day": said}
    if (today - day).days == 1:
        return gettext("Yesterday, %(day)s") % {"day": said}
    return said
