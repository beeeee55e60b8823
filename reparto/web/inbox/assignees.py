"""Choose who works a conversation: people and groups, several of each (AC-1)."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.assign_conversation import AlreadyTaken, Chosen, assign_conversation
from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.read_bench import read_bench
from reparto.conversations.queries import assignees_of
from reparto.conversations.relation import relation_to
from reparto.people.permissions import check
from reparto.people.queries import all_people

from ..contacts.owner_options import dim_last, option_of
from .act import Act
from .draw_aside import people_offered
from .opened import open_conversation


class Assignees(Act):
    """
    `/bandeja/{id}/asignado`: GET answers whom one may add, each with why they would rather not (EC-34).

    POST: `add_person`, `add_group`, `remove_person`, `remove_group`, any number of each.
    """

    action: ClassVar[str] = "conversation.assign"

    def get(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Answer the options, asked for when the list is opened: to know how people stand takes two questions more."""
        opened = open_conversation(conversation_id, actor=self.actor)
        talk, bench = opened.talk, read_bench(at=self.at)
        check(self.actor, self.action, relation_to(talk, opened.assigned, self.actor))
        free = people_offered(opened, self.actor, all_people())
        found = [option_of(one, bench, account_id=talk.account_id, effort=talk.effort) for one in free]
        return self.show_part("inbox/assignee_options.html", {"entries": sorted(found, key=dim_last)})

    def post(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Add and take off, starting from who is there at this instant: nobody's change is overwritten."""
        lock_desk(self.actor.organization_id)
        there = assignees_of([conversation_id])[conversation_id]
        chosen = Chosen(
            _changed(there.person_ids, request.POST, "person"), _changed(there.group_ids, request.POST, "group")
        )
        try:
            decision = assign_conversation(conversation_id, chosen, actor=self.actor, at=self.at)
        except AlreadyTaken as already:
            said = gettext("%(name)s was first: it is theirs now.") % {"name": already.names}
            return self.refused(said, to=self.way_back(conversation_id))
        undo = reverse("undo_decision", args=[decision.pk]) if decision else ""
        said = gettext("Saved who works it") if decision else gettext("Nothing had to change")
        return self.said(said, conversation_id=conversation_id, undo=undo)


def _changed(there: list[int], given: QueryDict, kind: str) -> tuple[int, ...]:
    added = [int(one) for one in given.getlist(f"add_{kind}") if one.isdecimal() and len(one) < 19]
    removed = set(given.getlist(f"remove_{kind}"))
    return tuple(dict.fromkeys(one for one in [*there, *added] if str(one) not in removed))
