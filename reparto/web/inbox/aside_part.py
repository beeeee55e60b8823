"""The details by themselves: when another tab is chosen, or something changed."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse

from ..page import Page
from .draw_aside import read_aside
from .opened import open_conversation
from .where import read_where


class AsidePart(Page):
    """`/bandeja/{id}/detalles`."""

    action: ClassVar[str] = "conversation.view"

    def get(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Answer the tab of the address."""
        opened = open_conversation(conversation_id, actor=self.actor)
        return self.show_part("inbox/aside.html", read_aside(opened, read_where(request.GET), self.actor))
