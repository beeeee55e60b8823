"""Send a message once more that certainly did not leave."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from reparto.assignment.lock_desk import lock_desk
from reparto.conversations.resend_message import resend_message
from reparto.conversations.send_reply import CannotSend

from .act import Act
from .messages import say_cannot


class Resend(Act):
    """`POST /bandeja/{id}/mensajes/{message}/reenviar`."""

    action: ClassVar[str] = "conversation.reply"

    def post(self, request: HttpRequest, conversation_id: int, message_id: int) -> HttpResponse:
        """Put it into the outbox again, or say why not."""
        lock_desk(self.actor.organization_id)
        try:
            resend_message(conversation_id, message_id, actor=self.actor, at=self.at)
        except CannotSend as cannot:
            return self.refused(say_cannot(cannot.code), to=self.way_back(conversation_id))
        return self.said(gettext("Sending it again"), conversation_id=conversation_id)
