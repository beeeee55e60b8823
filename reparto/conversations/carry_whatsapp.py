"""
Carry a reply to WhatsApp, and show on the message what became of it.

The outbox calls it and decides when to try again.
"""

from typing import Any

from reparto.channels.account_settings import read_settings
from reparto.channels.models import Account
from reparto.channels.queries import accounts_by_id
from reparto.channels.whatsapp.send_message import SentMessage, WhatsAppError, send_message
from reparto.channels.whatsapp.send_text import send_text
from reparto.channels.whatsapp.upload_media import Upload, upload_media
from reparto.kit.live import publish
from reparto.kit.models import Outbox
from reparto.kit.outbox import Refused, ResultUnknown, TryLater
from reparto.kit.tenancy import in_organization

from .apply_statuses import await_statuses, show_furthest
from .models import Message
from .queries import find_attachment
from .restate_follow_ups import hold_contacts_of, restate_follow_ups
from .whatsapp_client import whatsapp_client

#: What it sends.
SENT = ("whatsapp.text", "whatsapp.template", "whatsapp.image", "whatsapp.document")
#: The outbox's word for a row → the message's.
SHOWN = {"sent": "sent", "failed": "failed", "unknown": "unknown", "pending": "sending"}


class WhatsAppCarrier:
    """Sends rows of the kinds of `SENT`."""

    def send(self, row: Outbox) -> str:
        """Send one message and return its id at WhatsApp. Raises TryLater, ResultUnknown or Refused."""
        with in_organization(row.organization_id):
            settings = read_settings(_account(row))
        try:
            return self._send(row, settings).external_id
        except WhatsAppError as error:
            raise _known(error) from error

    def _send(self, row: Outbox, settings: dict[str, Any]) -> SentMessage:
        if row.kind == "whatsapp.text":
            return send_text(settings, to=row.body["to"], text=row.body["text"], client=whatsapp_client())
        content = row.body.get("content") or self._file(row, settings)
        return send_message(settings, to=row.body["to"], content=content, client=whatsapp_client())

    def _file(self, row: Outbox, settings: dict[str, Any]) -> dict[str, Any]:
        """Give the file to WhatsApp, which may be done again, and return the message that names it."""
        with in_organization(row.organization_id):
            file = find_attachment(row.body["attachment_id"], conversation_id=_talk_of(row))
        upload = Upload(file.name, file.mime_type, bytes(file.content or b""))
        media = upload_media(settings, upload, client=whatsapp_client())
        kind = row.kind.removeprefix("whatsapp.")
        named = {"filename": file.name} if kind == "document" else {}
        caption = {"caption": row.body["text"]} if row.body["text"] else {}
        return {"type": kind, kind: {"id": media, **caption, **named}}

    def settled(self, row: Outbox, external_id: str) -> None:
        """Show the outcome on the message; a status event that came before or beside WhatsApp's answer counts, too."""
        if external_id:
            await_statuses(row.organization_id)
        contacts = hold_contacts_of([_talk_of(row)]) if row.state == "failed" else []
        message = Message.objects.get(pk=row.body["message_id"])
        message.external_id = external_id or message.external_id
        message.status, message.error = SHOWN[row.state], row.error[:500]
        message.save(update_fields=["external_id", "status", "error"])
        if external_id:
            show_furthest([message])
        elif contacts:
            restate_follow_ups(contacts)
        publish(row.organization_id, "messages", [message.conversation_id])


def _talk_of(row: Outbox) -> int:
    return Message.objects.values_list("conversation_id", flat=True).get(pk=row.body["message_id"])


def _account(row: Outbox) -> Account:
    account_id: int = row.body["account_id"]
    return accounts_by_id({account_id})[account_id]


def _known(error: WhatsAppError) -> Exception:
    """Return what the outbox is to be told."""
    if error.retryable:
        return TryLater(str(error))
    return ResultUnknown(str(error)) if error.unknown_result else Refused(str(error))
