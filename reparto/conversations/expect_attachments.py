"""
Expect the files of messages that came in: a row for each, and an outbox row by which a worker fetches it.

It fetches nothing itself; the message is there at once, its file a moment later.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from reparto.channels.whatsapp.fetch_media import MEDIA_ID
from reparto.kit.outbox import Cause, put_in_outbox

from .keep_file import tidy_name
from .models import Attachment, Message

#: Kinds of messages with a file.
WITH_FILE = frozenset({"image", "audio", "video", "document", "sticker"})


def expect_attachments(messages: Sequence[Message], *, at: datetime) -> None:
    """Note the files of these messages, stored in this transaction; nothing is asked when none has one."""
    rows = [row for message in messages if message.kind in WITH_FILE and (row := _row(message)) is not None]
    if not rows:
        return
    accounts = {message.pk: message.account_id for message in messages}
    for row in Attachment.objects.bulk_create(rows):
        body = {"attachment_id": row.pk, "account_id": accounts[row.message_id]}
        put_in_outbox(row.organization_id, Cause("whatsapp.media", f"attachment:{row.pk}"), body=body, at=at)


def _row(message: Message) -> Attachment | None:
    content = (message.payload or {}).get(message.kind)
    media_id = _text(content, "id")
    if not MEDIA_ID.fullmatch(media_id):
        return None
    mime_type = _text(content, "mime_type").partition(";")[0]
    return Attachment(
        organization_id=message.organization_id,
        message_id=message.pk,
        conversation_id=message.conversation_id,
        media_id=media_id,
        name=tidy_name(_text(content, "filename")) or f"{message.kind}-{message.pk}.{_ending(mime_type)}",
        mime_type=mime_type[:127],
        state="waiting",
    )


def _text(content: Any, name: str) -> str:
    said = content.get(name) if isinstance(content, dict) else None
    return said if isinstance(said, str) else ""


def _ending(mime_type: str) -> str:
    ending = mime_type.rpartition("/")[2].lower()
    return {"jpeg": "jpg", "mpeg": "mp3"}.get(ending, ending if ending.isalnum() and len(ending) < 9 else "bin")
