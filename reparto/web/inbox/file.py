"""The file of a message, for whoever may see the conversation: never run, never opened by the browser itself."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from reparto.conversations.queries import find_attachment, find_conversation
from reparto.conversations.recognize_file import BYTES, PICTURES

from ..page import Page


class File(Page):
    """`/bandeja/{id}/archivos/{file}`; access is asked at each download (INV-63)."""

    action: ClassVar[str] = "conversation.view"

    def get(self, request: HttpRequest, conversation_id: int, attachment_id: int) -> HttpResponse:
        """Answer the content as an attachment: a picture may be drawn by the thread, all else is only bytes."""
        talk = find_conversation(conversation_id, actor=self.actor)
        file = find_attachment(attachment_id, conversation_id=talk.pk)
        kind = file.mime_type if file.mime_type in PICTURES else BYTES
        return HttpResponse(
            bytes(file.content or b""),
            content_type=kind,
            headers={
                "Content-Disposition": content_disposition_header(as_attachment=True, filename=file.name)
                or "attachment",
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "X-Content-Type-Options": "nosniff",
            },
        )
