"""Say that one looks at a conversation, or writes in it: told to the browsers of colleagues, kept nowhere."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse

from reparto.conversations.queries import find_conversation
from reparto.kit.live import publish

from ..page import Page

#: What a browser says → its number in the event, whose ids are conversation, person and this.
STATES = {"gone": 0, "viewing": 1, "reply": 2, "note": 3}


class Presence(Page):
    """`POST /bandeja/{id}/presencia`: `state`. Ephemeral: an event of the live stream and no row."""

    action: ClassVar[str] = "conversation.view"

    def post(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Tell the others; what is no state is not told."""
        talk = find_conversation(conversation_id, actor=self.actor)
        state = STATES.get(request.POST.get("state", ""))
        if state is None:
            return HttpResponse(status=422)
        publish(self.actor.organization_id, "presence", [talk.pk, self.actor.person_id, state])
        return HttpResponse(status=204)
