"""What the composer offers behind a slash: quick replies, their variables filled for this conversation."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse

from reparto.conversations.fill_variables import fill_variables
from reparto.conversations.queries import find_conversation, quick_replies_of
from reparto.conversations.read_variables import read_variables
from reparto.engine import fold

from ..page import Page

SHOWN = 8


class QuickOptions(Page):
    """`/bandeja/{id}/respuestas?q=`: options of the composer's list."""

    action: ClassVar[str] = "conversation.view"

    def get(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Answer the first whose name or text has what is typed, names first."""
        talk = find_conversation(conversation_id, actor=self.actor)
        typed = fold(request.GET.get("q", "")[:200]).strip()
        rows = list(quick_replies_of(self.actor))
        named = [row for row in rows if typed in fold(row.name)]
        found = named + [row for row in rows if row not in named and typed in fold(row.text)]
        values = read_variables(talk, actor=self.actor)
        offered = [{"name": row.name, "text": fill_variables(row.text, values)} for row in found[:SHOWN]]
        return self.show_part("inbox/quick_options.html", {"offered": offered, "typed": typed})
