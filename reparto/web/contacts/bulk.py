"""Work on many contacts of the list: choose all that match, give, leave with nobody, tag (UX-13)."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.start_bulk import BulkChange, start_bulk
from reparto.assignment.work_bulk import work_bulk
from reparto.contacts.choose_many import MOST, choose_many
from reparto.contacts.find_bulk_job import find_bulk_job
from reparto.contacts.models import BulkJob
from reparto.kit.faults import Invalid
from reparto.people.queries import UnknownPerson, find_person

from ..come_back import come_back
from ..page import Page
from ..read_id import read_id
from ..say_toast import say_toast
from .find_rows import matching_contacts
from .list_query import read_list_query
from .owner_options import group_options
from .show_bulk import show_bar, show_work

#: More than so many are asked about before anything is changed.
ASK_BEYOND = 500


class BulkOptions(Page):
    """`GET /contactos/en-lote/encargado`: the picker, for as many as are chosen."""

    action: ClassVar[str] = "contact.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show whom contacts may be given to; the contact's own group is unknown, so the actor's comes first."""
        context = {
            "url": reverse("contacts_bulk"),
            "version": "",
            "me": find_person(self.actor.person_id),
            "may_release": True,
            "groups": group_options(
                self.actor, besides=(self.actor.person_id,), home=self.actor.group_path, at=self.at
            ),
        }
        return self.show_part("components/picker.html", context)


class BulkAll(Page):
    """`POST /contactos/en-lote/todos`: fix all that match the list's address, with what is on no page shown."""

    action: ClassVar[str] = "contact.list"
    section: ClassVar[str] = "contacts"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Answer the bar of all of them."""
        query = read_list_query(request.POST)
        try:
            found = matching_contacts(query, self.actor, at=self.at).values_list("pk", flat=True)[: MOST + 1]
            job = choose_many(found, actor=self.actor, at=self.at)
        except Invalid as invalid:
            return refused(self, invalid)
        return show_bar(self, query, shown=read_ids(request.POST.get("shown", "")), job=job)


class Bulk(Page):
    """`POST /contactos/en-lote`: `ids`, or `job` with `shown`; then `person` (empty: nobody), or `act` with `tag`."""

    action: ClassVar[str] = "contact.list"
    section: ClassVar[str] = "contacts"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Ask first where they are many; else begin, and work as much as one look at the page may last."""
        query = read_list_query(request.POST)
        wanted = _wanted(request)
        if wanted is None:
            return self._say(gettext("Choose what becomes of them."))
        try:
            job = self._chosen(request)
            if len(job.contact_ids) > ASK_BEYOND and "sure" not in request.POST:
                return show_bar(self, query, job=job, wanted=_sent(request))
            start_bulk(job.pk, wanted, actor=self.actor)
        except Invalid as invalid:
            return refused(self, invalid)
        except UnknownPerson:
            return self._say(gettext("That person is not here any more."))
        worked = work_bulk(self.actor.organization_id, at=self.at, job=(job.pk, self.actor))
        return show_work(self, query, worked or job)

    def _chosen(self, request: HttpRequest) -> BulkJob:
        """Return the set: those ticked, or all that were fixed before but for the unticked."""
        ticked = [int(one) for one in request.POST.getlist("ids") if one.isdecimal() and len(one) < 19]
        if not (job_id := request.POST.get("job", "")).isdecimal():
            return choose_many(ticked, actor=self.actor, at=self.at)
        job = find_bulk_job(read_id(job_id), actor=self.actor)
        if job.state != "chosen":
            return job
        unticked = set(read_ids(request.POST.get("shown", ""))) - set(ticked)
        if not unticked:
            return job
        left = [one for one in job.contact_ids if one not in unticked]
        return choose_many(left, actor=self.actor, at=self.at, former=job)

    def _say(self, said: str) -> HttpResponse:
        return self.refused(said, to=come_back(self.request, otherwise=reverse("contacts")), status=400)


def refused(page: Page, invalid: Invalid) -> HttpResponse:
    """Answer what is wrong with a choice; what is ticked stays ticked."""
    said = " ".join(fault.message for fault in invalid.faults[:3])
    if page.by_htmx:
        return say_toast(HttpResponse(status=400), said, kind="error")
    context = {"title": gettext("Nothing was changed"), "text": said, "status": 400}
    return page.show("refused.html", context, status=400)


def read_ids(text: str) -> list[int]:
    """Return the ids of a list with commas; what is none is left out."""
    return [int(one) for one in text.split(",") if one.isdecimal() and len(one) < 19]


def _wanted(request: HttpRequest) -> BulkChange | None:
    """Return what is to become of them; None when nothing was pressed: an empty `person` is a choice."""
    if "act" in request.POST:
        return BulkChange("untag" if request.POST["act"] == "untag" else "tag", tag=request.POST.get("tag", ""))
    if "person" not in request.POST:
        return None
    chosen = request.POST["person"]
    return BulkChange("owner", person_id=int(chosen) if chosen.isdecimal() and len(chosen) < 19 else None)


def _sent(request: HttpRequest) -> dict[str, Any]:
    """Return what was asked for, to be sent again once it is sure."""
    return {name: request.POST[name] for name in ("person", "act", "tag") if name in request.POST}
