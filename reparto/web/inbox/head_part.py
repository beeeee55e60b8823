"""The line above the thread by itself, for whoever heard that something changed."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse

from ..page import Page
from .draw_head import draw_head
from .opened import open_conversation
from .where import read_where


class HeadPart(Page):
    """`/bandeja/{id}/cabecera`."""

    action: ClassVar[str] = "conversation.view"

    def get(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Answer it as it is now."""
        opened = open_conversation(conversation_id, actor=self.actor)
        context = draw_head(opened, read_where(request.GET), self.actor, at=self.at)
        return self.show_part("inbox/head.html", context)
