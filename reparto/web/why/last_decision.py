"""¿Por qué? of a contact as it stands: its last decision, or why there is none."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from reparto.assignment.queries import decisions_of_contact
from reparto.contacts.models import Contact
from reparto.contacts.queries import find_contact

from ..page import Page
from .decision_page import DecisionPage


class LastDecision(Page):
    """`/contactos/{id}/por-que`: leads to the decision; a contact that nobody ever decided about says so itself."""

    action: ClassVar[str] = "contact.view"
    section: ClassVar[str] = "contacts"

    def get(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        """Answer the popover, or lead to the page."""
        contact = find_contact(contact_id, actor=self.actor)
        # Its own, not those of a contact that became it.
        decision = decisions_of_contact(contact.pk).filter(contact_id=contact.pk).first()
        if decision is not None and not self.by_htmx:
            return HttpResponseRedirect(reverse("decision", args=[decision.pk]))
        if decision is not None:
            return DecisionPage.as_view()(request, decision_id=decision.pk)  # type: ignore[return-value]
        context = {"why": _undecided(contact), "contact": contact}
        if self.by_htmx:
            return self.show_part("components/why.html", context)
        return self.show("why/decision.html", context)


def _undecided(contact: Contact) -> dict[str, object]:
    """Say why a contact has nobody although nothing was decided (LG-11)."""
    said = gettext("It was written by hand and left without a responsible person; it waits to be taken.")
    arrived = gettext("It has just arrived; the decision follows within seconds.")
    return {
        "title": contact.owner.name if contact.owner else pgettext("contacts", "Unassigned"),
        "person": contact.owner,
        "at": contact.created_at,
        "route_label": arrived if contact.arrived_by_itself else said,
        "history_url": reverse("contact", args=[contact.pk]) + "#historial",
    }
