"""Entries for the worker: what must leave, and who carries it."""

from reparto.kit.clock import now
from reparto.kit.jobs import register_work
from reparto.kit.outbox import carry, send_outbox

from .carry_whatsapp import SENT, WhatsAppCarrier
from .fetch_attachment import AttachmentFetcher


def send(organization_id: int) -> None:
    """Send what is due until nothing is."""
    while send_outbox(organization_id, at=now()):
        pass


for kind in SENT:
    carry(kind, WhatsAppCarrier())
carry("whatsapp.media", AttachmentFetcher())
register_work("send", send)
