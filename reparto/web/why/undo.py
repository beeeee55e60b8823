"""Take back a decision of one's own, within its time."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from reparto.assignment.models import Decision
from reparto.assignment.undo_decision import CannotUndo, undo_decision
from reparto.assignment.wake_waiting import wake_waiting

from ..come_back import come_back
from ..contacts.show_cell import find_contact_again, show_cell
from ..page import Page
from ..say_toast import say_toast


class Undo(Page):
    """`POST /decisiones/{id}/deshacer`: `Z`, or *Deshacer* of the toast. The verb asks whose it is."""

    action: ClassVar[str] = "me.view"

    def post(self, request: HttpRequest, decision_id: int) -> HttpResponse:
        """Put it back; every live element fetches itself again."""
        try:
            undone = undo_decision(decision_id, actor=self.actor, at=self.at)
        except CannotUndo as cannot:
            return self._refused(cannot)
        wake_waiting(self.actor.organization_id, reason="people", at=self.at)
        if self.by_htmx:
            return say_toast(self._as_it_was(undone), gettext("Undone"))
        return self.done(gettext("Undone"), to=come_back(request))

    def _as_it_was(self, undone: Decision) -> HttpResponse:
        """Answer the owner's cell beside everything else: a list under the pointer does not fetch itself."""
        contact = None if undone.conversation_id else find_contact_again(undone.contact_id, self)
        return HttpResponse(status=204) if contact is None else show_cell(self, contact, beside=True)

    def _refused(self, cannot: CannotUndo) -> HttpResponse:
        said = {
            "too_late": gettext("It is too late to undo it; change it by hand."),
            "changed_since": gettext("Somebody changed it since; it stays as it is now."),
            "former_suspended": gettext("Whoever had it is suspended; it stays as it is now."),
        }.get(cannot.code, gettext("Only what was done by hand can be undone."))
        return self.refused(said, to=come_back(self.request))
