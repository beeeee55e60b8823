"""The inbox as a whole page: the list, and beside it the conversation that is open, if any."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from reparto.assignment.read_names import read_names
from reparto.channels.queries import all_accounts
from reparto.conversations.mark_read import mark_read
from reparto.conversations.models import Conversation, Draft, Message
from reparto.conversations.queries import (
    UnknownConversation,
    assignee_rows,
    drafts_of,
    gather_assigned,
    visible_conversations,
)
from reparto.kit.read_choice import is_id
from reparto.kit.read_together import read_together
from reparto.people.actor import Actor
from reparto.people.queries import all_groups

from ..page import Page
from .draw_aside import ask_aside, draw_aside
from .draw_composer import draw_composer
from .draw_filters import draw_filters
from .draw_head import draw_head
from .draw_list import draw_list
from .draw_log import draw_log
from .draw_thread import ask_latest, ask_thread, draw_thread, read_latest
from .opened import Opened, open_found
from .where import Where, read_where


@dataclass(frozen=True, slots=True)
class TalkAsked:
    """What is asked of a conversation by its id alone, before it is known whether the actor may see it."""

    talk: QuerySet[Conversation]
    assignees: QuerySet[Any, Any]
    latest: QuerySet[Message]
    drafts: QuerySet[Draft]

    @property
    def all(self) -> tuple[QuerySet[Any, Any], ...]:
        """All of it."""
        return self.talk, self.assignees, self.latest, self.drafts

    def open(self, actor: Actor) -> Opened:
        """Return the conversation. Raises UnknownConversation, NotAllowed."""
        for talk in self.talk:
            return open_found(talk, gather_assigned(self.assignees)[talk.pk], actor)
        raise UnknownConversation("The conversation does not exist.")


class InboxPage(Page):
    """`/bandeja` and `/bandeja/{id}`: what the address says is all there is to it."""

    action: ClassVar[str] = "conversation.list"
    section: ClassVar[str] = "inbox"

    def get(self, request: HttpRequest, conversation_id: int | None = None) -> HttpResponse:
        """Show list, thread and details."""
        where, accounts, groups = read_where(request.GET), all_accounts(), all_groups()
        asked = None if conversation_id is None else _ask_talk(conversation_id, self.actor)
        read_together(accounts, groups, *(asked.all if asked else ()))
        context = draw_filters(where, accounts, groups)
        context |= draw_list(where, self.actor, at=self.at, current=conversation_id)
        try:
            context |= {} if asked is None else self._draw_talk(asked, where)
        except UnknownConversation:
            return self._give_back(asked)
        return self.show("inbox/page.html", context)

    def _give_back(self, asked: TalkAsked | None) -> HttpResponse:
        """Give back what the actor had begun to write where they see nothing any more. Raises UnknownConversation."""
        begun = list(asked.drafts) if asked else []
        if not begun:
            raise UnknownConversation("The conversation does not exist.")
        return self.show("inbox/out_of_sight.html", {"begun": begun}, status=404)

    def _draw_talk(self, asked: TalkAsked, where: Where) -> dict[str, Any]:
        """Return what thread and details need."""
        opened, part = asked.open(self.actor), read_latest(asked.latest)
        mark_read(opened.talk.pk, actor=self.actor)
        of_thread, of_aside = ask_thread(opened.talk.pk, part), ask_aside(opened, where, self.actor)
        read_together(*of_thread.all, *of_aside.all)
        acted = {one.actor_id for one in of_thread.changes if one.actor_id}
        names = read_names([*of_thread.decisions, *of_aside.last], whole=of_aside.last, others=acted)
        return {
            **draw_head(opened, where, self.actor, at=self.at),
            **draw_log(opened, part, where, draw_thread(part, of_thread, names, at=self.at)),
            **draw_composer(opened, where, asked.drafts, at=self.at),
            **draw_aside(opened, of_aside, names, where, self.actor),
        }


def _ask_talk(conversation_id: int, actor: Actor) -> TalkAsked:
    """Raises UnknownConversation of what cannot be an id."""
    if not is_id(conversation_id):
        raise UnknownConversation(f"Conversation {conversation_id} does not exist.")
    return TalkAsked(
        talk=visible_conversations(actor).filter(pk=conversation_id),
        assignees=assignee_rows([conversation_id]),
        latest=ask_latest(conversation_id),
        drafts=drafts_of(conversation_id, actor=actor),
    )
