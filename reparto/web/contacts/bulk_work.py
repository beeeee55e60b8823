"""How far a change of many contacts is; stopping it, and taking the whole back with one key."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.start_bulk import stop_bulk, undo_bulk
from reparto.assignment.undo_decision import CannotUndo
from reparto.assignment.work_bulk import work_bulk
from reparto.contacts.find_bulk_job import find_bulk_job

from ..come_back import come_back
from ..page import Page
from .show_bulk import show_card


class BulkWork(Page):
    """`/contactos/en-lote/{id}`: the card of a job of one's own; POST stops it."""

    action: ClassVar[str] = "contact.list"
    section: ClassVar[str] = "contacts"

    def get(self, request: HttpRequest, job_id: int) -> HttpResponse:
        """Show how far it is; once it is done, say what became of it."""
        return show_card(self, find_bulk_job(job_id, actor=self.actor))

    def post(self, request: HttpRequest, job_id: int) -> HttpResponse:
        """Leave the rest as it is; what was done stays done, and can be taken back."""
        return show_card(self, stop_bulk(job_id, actor=self.actor, at=self.at))


class UndoBulk(Page):
    """`POST /contactos/en-lote/{id}/deshacer`: `Z`, or *Deshacer* of the toast."""

    action: ClassVar[str] = "contact.list"

    def post(self, request: HttpRequest, job_id: int) -> HttpResponse:
        """Take it back; what is long goes on in parcels, like the job itself."""
        try:
            back = undo_bulk(job_id, actor=self.actor, at=self.at)
        except CannotUndo as cannot:
            return self._refused(cannot)
        worked = work_bulk(self.actor.organization_id, at=self.at, job=(back.pk, self.actor))
        return show_card(self, worked or back)

    def _refused(self, cannot: CannotUndo) -> HttpResponse:
        said = {
            "too_late": gettext("It is too late to undo it; change it by hand."),
            "changed_since": gettext("It was taken back already."),
        }.get(cannot.code, gettext("Only what was done by hand can be undone."))
        return self.refused(said, to=come_back(self.request, otherwise=reverse("contacts")))
