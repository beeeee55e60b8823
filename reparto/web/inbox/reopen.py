"""Reopen a conversation that was closed or put off; undone by closing it."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.reopen_to_work import reopen_to_work
from reparto.assignment.wake_waiting import wake_waiting
from reparto.conversations.queries import find_conversation
from reparto.conversations.reopen_conversation import AnotherIsOpen

from .act import Act


class Reopen(Act):
    """`POST /bandeja/{id}/reabrir`."""

    action: ClassVar[str] = "conversation.close"

    def post(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Reopen it, for whoever had it and still works here."""
        was_closed = find_conversation(conversation_id, actor=self.actor).status == "closed"
        try:
            talk = reopen_to_work(conversation_id, actor=self.actor, at=self.at)
        except AnotherIsOpen:
            said = gettext("The contact goes on in another conversation, which is open; answer there.")
            return self.refused(said, to=self.way_back(conversation_id))
        wake_waiting(self.actor.organization_id, reason="people", at=self.at)
        said = gettext("Conversation with %(name)s reopened") % {"name": talk.contact.name}
        undo = reverse("inbox_close", args=[conversation_id]) if was_closed else ""
        return self.said(said, conversation_id=conversation_id, undo=undo)
