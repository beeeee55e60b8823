"""Take back that one closed a conversation or put it off: it waits again as it did, for an answer or for its moment."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from reparto.assignment.reopen_to_work import reopen_to_work
from reparto.assignment.wake_waiting import wake_waiting
from reparto.conversations.record_status import ChangedSince
from reparto.conversations.reopen_conversation import AnotherIsOpen

from .act import Act


class PutBack(Act):
    """`POST /bandeja/{id}/como-estaba`: `Z`, or *Deshacer* of the toast."""

    action: ClassVar[str] = "conversation.close"

    def post(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Put it back, unless something became of it since."""
        try:
            reopen_to_work(conversation_id, actor=self.actor, at=self.at, as_before=True)
        except (ChangedSince, AnotherIsOpen):
            said = gettext("Somebody changed it since; it stays as it is now.")
            return self.refused(said, to=self.way_back(conversation_id))
        wake_waiting(self.actor.organization_id, reason="people", at=self.at)
        return self.said(gettext("Undone"), conversation_id=conversation_id)
