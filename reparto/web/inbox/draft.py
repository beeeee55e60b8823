"""Keep what the actor has begun to write; the browser sends it while they type."""

from dataclasses import replace
from typing import ClassVar

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from reparto.conversations.keep_draft import keep_draft
from reparto.conversations.send_reply import Reply

from ..page import Page
from .read_words import read_words
from .sent_once import Sending, sent_before


class KeptDraft(Page):
    """
    `PUT /bandeja/{id}/borrador`: `text` and `mode`; an empty text forgets it. POST forgets it, and comes back.

    With the `key` of a reply that was sent after all (its answer was lost) PUT keeps nothing: 205, empty the box.
    """

    action: ClassVar[str] = "conversation.view"

    def put(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Keep it, for the actor alone."""
        given = QueryDict(request.body, encoding="utf-8")
        draft = Reply(read_words(given), private=given.get("mode") == "note")
        said = replace(draft, text=draft.text.strip())
        if draft.text and sent_before(Sending(conversation_id, said, given.get("key", ""), self.actor)):
            return HttpResponse(status=205)
        keep_draft(conversation_id, draft, actor=self.actor, at=self.at)
        return HttpResponse(status=204)

    def post(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Forget it; offered where it is all that the actor still has of the conversation."""
        keep_draft(conversation_id, Reply(""), actor=self.actor, at=self.at)
        return self.done(gettext("Discarded"), to=reverse("profile"))
