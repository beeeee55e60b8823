"""
Messages as the contract describes them, in a fixed number of queries however many there are.

It asks nobody's permission: whoever calls it hands over messages that the actor may see.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from reparto.conversations.find_missed_calls import number_of
from reparto.conversations.models import Message
from reparto.conversations.note_call import CALL, MISSED_CALL
from reparto.conversations.queries import attachments_of, mentions_of

from .shapes import Answer


class FileAnswer(Answer):
    """The file of a message; `waiting` until it was fetched from the channel."""

    id: int
    name: str
    mime_type: str
    size: int
    state: Literal["waiting", "stored", "failed"]


class MentionAnswer(Answer):
    """Who is named in a note, and where in its text."""

    person_id: int
    start: int
    length: int


class MessageAnswer(Answer):
    """A message or a note; `number`: who called, where it is a call."""

    id: int
    conversation_id: int
    kind: str
    direction: Literal["in", "out"]
    text: str
    private: bool
    author_id: int | None
    automatic: bool
    status: str
    error: str
    sent_at: datetime
    created_at: datetime
    edited_at: datetime | None
    removed_at: datetime | None
    number: str | None
    mentions: list[MentionAnswer]
    attachment: FileAnswer | None


PLAIN = tuple(name for name in MessageAnswer.model_fields if name not in ("id", "number", "mentions", "attachment"))


def show_messages(messages: Sequence[Message]) -> list[dict[str, Any]]:
    """Return messages as the contract names their fields; what the channel itself wrote stays inside."""
    files = attachments_of([message.pk for message in messages if message.removed_at is None])
    mentions = mentions_of([message.pk for message in messages if message.private])
    return [
        {name: getattr(one, name) for name in PLAIN}
        | {
            "id": one.pk,
            "number": _number(one),
            "mentions": mentions.get(one.pk, []),
            "attachment": files.get(one.pk),
        }
        for one in messages
    ]


def _number(message: Message) -> str | None:
    return number_of(message.payload) or None if message.kind in (CALL, MISSED_CALL) else None
