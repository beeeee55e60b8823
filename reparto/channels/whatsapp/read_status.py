"""Read one status of a Cloud API webhook: what became of a message that we sent. Pure."""

from collections.abc import Mapping
from typing import Any

from reparto.channels.shapes import ProviderError, Status, StatusEvent
from reparto.channels.whatsapp.not_readable import NotReadable
from reparto.channels.whatsapp.read_message import read_id, read_timestamp

STATUSES: Mapping[str, Status] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",  # a voice message that was listened to; the payload keeps the word
    "failed": "failed",
    "deleted": "deleted",
}
MAX_TITLE = 500


def read_status(item: Mapping[str, Any]) -> StatusEvent:
    """
    Understand one element of `statuses`.

    Raises:
        NotReadable: It names no message, or a status that Meta does not document.

    """
    status = item.get("status")
    if not isinstance(status, str):
        raise NotReadable("wrong_shape")
    if status not in STATUSES:
        raise NotReadable("unknown_status")
    return StatusEvent(
        external_id=read_id(item.get("id")),
        status=STATUSES[status],
        at=read_timestamp(item.get("timestamp")),
        error=_error(item.get("errors")),
        payload=item,
    )


def _error(errors: Any) -> ProviderError | None:
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else None
    if first is None:
        return None
    code, title = first.get("code"), first.get("title") or first.get("message")
    return ProviderError(
        code=code if isinstance(code, int) and not isinstance(code, bool) else None,
        title=title[:MAX_TITLE] if isinstance(title, str) else "",
    )
