"""Where one writes, by itself: answered only when what may be written has changed, so that typing is not disturbed."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse

from reparto.conversations.queries import drafts_of

from ..page import Page
from .draw_composer import draw_composer
from .opened import open_conversation
from .where import read_where


class ComposerPart(Page):
    """`/bandeja/{id}/redactar?mood=`: 204 while the mood that the browser shows still holds."""

    action: ClassVar[str] = "conversation.view"

    def get(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Answer the composer if it is another one now."""
        opened = open_conversation(conversation_id, actor=self.actor)
        context = draw_composer(
            opened, read_where(request.GET), drafts_of(opened.talk.pk, actor=self.actor), at=self.at
        )
        if context["mood"].code == request.GET.get("mood"):
            return HttpResponse(status=204)
        return self.show_part("inbox/composer.html", context)
