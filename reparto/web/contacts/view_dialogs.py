"""Columns of one's own, and views of the list with a name (HU-9, UX-12)."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from reparto.contacts.keep_view import ViewDraft, forget_view, keep_view
from reparto.contacts.queries import all_custom_fields
from reparto.kit.faults import Invalid
from reparto.people.choose_preferences import choose_preferences
from reparto.people.permissions import may

from ..ask import faults_by_path
from ..page import Page
from .columns import PREFERENCE, PRESET, all_columns, columns_of
from .list_query import read_list_query
from .show_views import address_of


class Columns(Page):
    """`/contactos/columnas?<the list's address>`: which columns, in which order; kept for this person alone."""

    action: ClassVar[str] = "contact.list"
    section: ClassVar[str] = "contacts"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show those shown first, in their order, then the others."""
        query = read_list_query(request.GET)
        own = list(all_custom_fields().values("key", "label"))
        shown = [column.name for column in columns_of(query, self.person, own)]
        there = {column.name: column for column in all_columns(own)}
        names = [*shown, *(name for name in there if name not in shown)]
        context = {"query": query, "columns": [{"column": there[name], "on": name in shown} for name in names[1:]]}
        if self.by_htmx:
            return self.show_part("contacts/columns.html#dialog", context)
        return self.show("contacts/columns.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the ticked ones in the order of the form, or the preset; lead back to the list as they say."""
        query = read_list_query(request.GET)
        ticked = set(request.POST.getlist("show"))
        chosen = [name for name in request.POST.getlist("order") if name in ticked]
        names = list(PRESET) if "preset" in request.POST else ["name", *chosen]
        choose_preferences({PREFERENCE: names}, actor=self.actor, at=self.at)
        return lead(self, query.url(columns=""))


class NewView(Page):
    """`/contactos/vistas/nueva?<the list's address>`: keep it under a name."""

    action: ClassVar[str] = "contact.list"
    section: ClassVar[str] = "contacts"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for the name."""
        return self._ask(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it with the columns that are shown, and open it."""
        query = read_list_query(request.GET)
        address = {"tab": query.tab, "q": query.words, "filter": query.filter}
        own = list(all_custom_fields().values("key", "label"))
        columns = [column.name for column in columns_of(query, self.person, own)]
        draft = ViewDraft(request.POST.get("name", ""), address, columns, shared="shared" in request.POST)
        try:
            view = keep_view(draft, actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self._ask(request, invalid)
        return lead(self, address_of(view.pk, view.address, view.columns).here())

    def _ask(self, request: HttpRequest, invalid: Invalid | None = None) -> HttpResponse:
        context: dict[str, Any] = {
            "query": read_list_query(request.GET),
            "name": request.POST.get("name", ""),
            "faults": faults_by_path(invalid),
            "may_share": may(self.actor, "settings.manage"),
        }
        status = 422 if invalid else 200
        if self.by_htmx:
            return self.show_part("contacts/view.html#dialog", context, status=status)
        return self.show("contacts/view.html", context, status=status)


class ForgetView(Page):
    """`POST /contactos/vistas/{id}/olvidar`: one's own."""

    action: ClassVar[str] = "contact.list"

    def post(self, request: HttpRequest, view_id: int) -> HttpResponse:
        """Forget it and show all contacts."""
        forget_view(view_id, actor=self.actor)
        return self.done(gettext("The view is gone."), to=reverse("contacts"))


def lead(page: Page, to: str) -> HttpResponse:
    """Lead to a page, from a dialog or a plain form."""
    if page.by_htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    return HttpResponseRedirect(to)
