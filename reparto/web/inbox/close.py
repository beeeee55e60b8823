"""Close a conversation; undone by putting it back."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.wake_waiting import wake_waiting
from reparto.conversations.close_conversation import close_conversation

from .act import Act


class Close(Act):
    """`POST /bandeja/{id}/cerrar`."""

    action: ClassVar[str] = "conversation.close"

    def post(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Close it; whoever waits may have somebody with room now."""
        lock_desk(self.actor.organization_id)
        talk = close_conversation(conversation_id, actor=self.actor, at=self.at)
        wake_waiting(self.actor.organization_id, reason="people", at=self.at)
        said = gettext("Conversation with %(name)s closed") % {"name": talk.contact.name}
        undo = reverse("inbox_put_back", args=[conversation_id])
        return self.said(said, conversation_id=conversation_id, undo=undo)
