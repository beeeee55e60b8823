"""The inbox as a whole page: the list, and beside it the conversation that is open, if any."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

from reparto.conversations.mark_read import mark_read
from reparto.conversations.queries import visible_conversations

from ..page import Page
from .draw_aside import draw_aside
from .draw_composer import draw_composer
from .draw_filters import draw_filters
from .draw_head import draw_head
from .draw_list import draw_list
from .draw_log import draw_log
from .draw_thread import read_latest
from .opened import open_conversation
from .where import read_where


class InboxPage(Page):
    """`/bandeja` and `/bandeja/{id}`: what the address says is all there is to it."""

    action: ClassVar[str] = "conversation.list"
    section: ClassVar[str] = "inbox"

    def get(self, request: HttpRequest, conversation_id: int | None = None) -> HttpResponse:
        """Show list, thread and details."""
        where = read_where(request.GET)
        visible = visible_conversations(self.actor)
        opened = (
            None if conversation_id is None else open_conversation(conversation_id, actor=self.actor, among=visible)
        )
        context: dict[str, Any] = draw_filters(where)
        context |= draw_list(where, visible, self.actor, at=self.at, current=conversation_id)
        if opened is not None:
            mark_read(opened.talk.pk, actor=self.actor)
            context |= draw_head(opened, where, self.actor, at=self.at)
            context |= draw_log(opened, read_latest(opened.talk.pk), where, at=self.at)
            context |= draw_composer(opened, where, self.actor, at=self.at)
            context |= draw_aside(opened, where, self.actor)
        return self.show("inbox/page.html", context)
