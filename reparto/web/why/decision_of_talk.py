"""¿Por qué? of a conversation as it stands: the last decision about it, else about its contact."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from reparto.assignment.queries import decisions_of_conversation
from reparto.conversations.queries import find_conversation

from ..page import Page
from .decision_page import DecisionPage
from .last_decision import LastDecision


class DecisionOfTalk(Page):
    """`/bandeja/{id}/por-que`: answers the popover, or leads to the page."""

    action: ClassVar[str] = "conversation.view"
    section: ClassVar[str] = "inbox"

    def get(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Show why somebody works it, or nobody."""
        talk = find_conversation(conversation_id, actor=self.actor)
        decision = decisions_of_conversation(talk.pk).first()
        if decision is None:
            return LastDecision.as_view()(request, contact_id=talk.contact_id)  # type: ignore[return-value]
        if not self.by_htmx:
            return HttpResponseRedirect(reverse("decision", args=[decision.pk]))
        return DecisionPage.as_view()(request, decision_id=decision.pk)  # type: ignore[return-value]
