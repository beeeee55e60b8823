"""Whom one may mention in a private note: the people who may see the conversation."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse

from reparto.conversations.queries import find_conversation
from reparto.conversations.who_may_see import who_may_see
from reparto.engine import fold

from ..page import Page

#: As many as one reads at a glance.
SHOWN = 8


class MentionOptions(Page):
    """`/bandeja/{id}/menciones?q=`: options of the composer's list."""

    action: ClassVar[str] = "conversation.view"

    def get(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Answer the first whose name has a word that begins as typed."""
        talk = find_conversation(conversation_id, actor=self.actor)
        typed = fold(request.GET.get("q", "")[:200]).strip()
        others = (person for person in who_may_see(talk) if person.pk != self.actor.person_id)
        found = [person for person in others if f" {typed}" in f" {fold(person.name)}"]
        return self.show_part("inbox/mention_options.html", {"people": found[:SHOWN]})
