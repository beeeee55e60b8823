"""Take a conversation that nobody works."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.assign_conversation import AlreadyTaken, Chosen, assign_conversation, name_assigned
from reparto.conversations.queries import assignees_of, find_conversation
from reparto.people.permissions import NotAllowed

from .act import Act


class Take(Act):
    """`POST /bandeja/{id}/asignarme`."""

    action: ClassVar[str] = "conversation.take"

    def post(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Put the actor on it, unless somebody was first."""
        chosen = Chosen((self.actor.person_id,))
        try:
            decision = assign_conversation(conversation_id, chosen, actor=self.actor, at=self.at)
        except AlreadyTaken as already:
            return self._was_first(conversation_id, already.names)
        except NotAllowed:
            # A page that was drawn before somebody else took it offered what is offered no more.
            talk = find_conversation(conversation_id, actor=self.actor)
            there = assignees_of([talk.pk])[talk.pk]
            if self.actor.person_id in there.person_ids or not (names := name_assigned(there)):
                raise
            return self._was_first(conversation_id, names)
        undo = reverse("undo_decision", args=[decision.pk]) if decision else ""
        return self.said(gettext("The conversation is yours"), conversation_id=conversation_id, undo=undo)

    def _was_first(self, conversation_id: int, names: str) -> HttpResponse:
        said = gettext("%(name)s was first: it is theirs now.") % {"name": names}
        return self.refused(said, to=self.way_back(conversation_id))
