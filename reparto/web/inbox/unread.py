"""Keep a conversation as unread, to come back to it."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from reparto.conversations.mark_unread import mark_unread

from ..page import Page
from .where import read_where


class Unread(Page):
    """`POST /bandeja/{id}/no-leida`: for the actor alone."""

    action: ClassVar[str] = "conversation.view"

    def post(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Mark it and lead back to the list: a conversation that stays open is read again at once."""
        mark_unread(conversation_id, actor=self.actor)
        return self.done(gettext("Kept as unread"), to=read_where(request.GET).url(details=False))
