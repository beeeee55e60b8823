"""The notification centre: what the person behind the token was told."""

from datetime import datetime
from typing import Any

from ninja import Query, Router

from reparto.notifications.models import Notification
from reparto.notifications.queries import notifications_of

from .action import action
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest
from .shapes import Answer, Page

router = Router(tags=["notifications"])


class NotificationAnswer(Answer):
    """One thing that somebody was told."""

    id: int
    kind: str
    contact_id: int | None
    number: int
    conversation_id: int | None
    decision_id: int | None
    created_at: datetime
    read_at: datetime | None


def show_notification(notification: Notification) -> dict[str, Any]:
    """Return a notification as the contract names its fields."""
    names = [name for name in NotificationAnswer.model_fields if name != "id"]
    return {"id": notification.pk} | {name: getattr(notification, name) for name in names}


@router.get("/notifications", response=Page[NotificationAnswer])
@action("me.view")
def list_notifications(request: ApiRequest, window: Query[Window]) -> dict[str, Any]:
    """List what one was told, newest first."""
    page, after = cut_page(notifications_of(request.actor.person_id, at=request.at), window)
    return answer_page([show_notification(notification) for notification in page], after)
