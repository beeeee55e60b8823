"""
Fetch the file of a message that came in, and store it beside the message.

The outbox calls it and decides when to try again; asking again does no harm.
"""

from django.db.models import QuerySet

from reparto.channels.account_settings import read_settings
from reparto.channels.queries import accounts_by_id
from reparto.channels.whatsapp.fetch_media import fetch_media
from reparto.channels.whatsapp.send_message import WhatsAppError
from reparto.kit.live import publish
from reparto.kit.models import Outbox
from reparto.kit.outbox import RETRY_SECONDS, Refused, TryLater
from reparto.kit.tenancy import in_organization

from .keep_file import MOST_BYTES
from .models import Attachment
from .recognize_file import recognize_file
from .whatsapp_client import whatsapp_client


class AttachmentFetcher:
    """Carries rows of kind `whatsapp.media`."""

    def send(self, row: Outbox) -> str:
        """Fetch and store one file. Raises TryLater or Refused."""
        account_id: int = row.body["account_id"]
        with in_organization(row.organization_id):
            settings = read_settings(accounts_by_id({account_id})[account_id])
            media_id = _files(row).values_list("media_id", flat=True).get()
        try:
            content = fetch_media(settings, media_id, client=whatsapp_client(), most_bytes=MOST_BYTES)
        except WhatsAppError as error:
            raise (TryLater if error.retryable else Refused)(str(error)) from error
        with in_organization(row.organization_id):
            kind = recognize_file(content)
            _files(row).update(content=content, size=len(content), mime_type=kind, state="stored")
        return ""

    def settled(self, row: Outbox, external_id: str) -> None:
        """Show that it will not come; a worker that died is followed by another, for nothing was sent."""
        if row.state == "unknown" and row.attempts <= len(RETRY_SECONDS):
            row.state = "pending"
            row.save(update_fields=["state"])
        elif row.state in ("failed", "unknown"):
            _files(row).update(state="failed")
        publish(row.organization_id, "messages", _files(row).values_list("conversation_id", flat=True))


def _files(row: Outbox) -> QuerySet[Attachment]:
    return Attachment.objects.filter(pk=row.body["attachment_id"])
