"""Take a conversation that nobody works."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.assign_conversation import AlreadyTaken, Chosen, assign_conversation

from ..say_toast import say_toast
from .act import Act


class Take(Act):
    """`POST /bandeja/{id}/asignarme`."""

    action: ClassVar[str] = "conversation.take"

    def post(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Put the actor on it, unless somebody was first."""
        chosen = Chosen((self.actor.person_id,))
        try:
            decision = assign_conversation(conversation_id, chosen, actor=self.actor, at=self.at)
        except AlreadyTaken:
            said = gettext("Somebody was first; the conversation is theirs.")
            if self.by_htmx:
                return say_toast(HttpResponse(status=409, headers={"HX-Reswap": "none"}), said, kind="error")
            return self.said(said, conversation_id=conversation_id)
        undo = reverse("undo_decision", args=[decision.pk]) if decision else ""
        return self.said(gettext("The conversation is yours"), conversation_id=conversation_id, undo=undo)
