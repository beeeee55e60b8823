"""
Keep the file of an answer, if WhatsApp can carry it.

What it is is said by its content; the outbox takes it away.
"""

from dataclasses import dataclass

from django.utils.translation import gettext

from reparto.kit.faults import Faults
from reparto.kit.read_text import read_line

from .models import Attachment, Message
from .recognize_file import BYTES, recognize_file

#: Of what comes in and goes out; WhatsApp's own limit for pictures is smaller. Source: Meta, supported media types.
MOST_BYTES = 16 * 1024 * 1024
MOST_PICTURE_BYTES = 5 * 1024 * 1024
NAME_LIMIT = 240


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file that can leave."""

    name: str
    mime_type: str
    content: bytes

    @property
    def kind(self) -> str:
        """The kind of its message."""
        return "image" if self.mime_type in {"image/jpeg", "image/png"} else "document"


def read_file(name: str, content: bytes) -> OutgoingFile:
    """Return a file that WhatsApp can carry. Raises Invalid, with what is wrong."""
    faults = Faults()
    mime_type = recognize_file(content)
    if mime_type in {BYTES, "image/webp", "image/gif"}:
        said = gettext("WhatsApp carries JPEG and PNG pictures, PDF and Office files.")
        faults.add("file", "wrong_kind", said)
    most = MOST_PICTURE_BYTES if mime_type.startswith("image/") else MOST_BYTES
    if len(content) > most:
        faults.add("file", "too_large", gettext("At most %(limit)d MB.") % {"limit": most // 1024 // 1024})
    faults.check()
    return OutgoingFile(tidy_name(name) or "archivo", mime_type, content)


def tidy_name(name: str) -> str:
    """Return a name without folders, unseen signs or quotes, its end kept."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return read_line(last, path="name", limit=100_000, faults=Faults(), required=False).replace('"', "")[-NAME_LIMIT:]


def keep_file(message: Message, file: OutgoingFile) -> None:
    """Store the file of a message that is about to leave."""
    Attachment.objects.create(
        organization_id=message.organization_id,
        message_id=message.pk,
        conversation_id=message.conversation_id,
        name=file.name,
        mime_type=file.mime_type,
        content=file.content,
        size=len(file.content),
        state="stored",
    )
