"""Put a conversation off until a moment; undone by putting it back."""

from datetime import datetime
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.wake_waiting import wake_waiting
from reparto.conversations.snooze_conversation import NotOpen, snooze_conversation
from reparto.kit.clock import YEARS

from .act import Act


class Snooze(Act):
    """`POST /bandeja/{id}/posponer`: `until`, an instant."""

    action: ClassVar[str] = "conversation.close"

    def post(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Put it off; it comes back by itself, or when the contact writes."""
        lock_desk(self.actor.organization_id)
        until = _instant(request.POST.get("until", ""))
        try:
            if until is None:
                raise NotOpen
            snooze_conversation(conversation_id, until=until, actor=self.actor, at=self.at)
            # Whoever works it has room again.
            wake_waiting(self.actor.organization_id, reason="people", at=self.at)
        except NotOpen:
            said = gettext("Only an open conversation can be put off, and only to later.")
            return self.refused(said, to=self.way_back(conversation_id))
        moment = formats.date_format(timezone.localtime(until), "D j, H:i").lower()
        said = gettext("Snoozed until %(moment)s") % {"moment": moment}
        return self.said(said, conversation_id=conversation_id, undo=reverse("inbox_put_back", args=[conversation_id]))


def _instant(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    # Beyond these years no zone can be reckoned in.
    return moment if moment is not None and moment.tzinfo is not None and moment.year in YEARS else None
