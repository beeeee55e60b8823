"""One contact: who owns it and why, how to reach it, what is said with it, what happened."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from reparto.contacts.find_merge import follow_merges
from reparto.contacts.queries import UnknownContact, find_contact
from reparto.contacts.relation import relation_to
from reparto.people.permissions import check

from .profile import Profile


class ContactPage(Profile):
    """`/contactos/{id}`."""

    action: ClassVar[str] = "contact.view"

    def get(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        """Show everything of a contact that the actor may see."""
        try:
            contact = find_contact(contact_id, actor=self.actor)
        except UnknownContact:
            return self._lead_on(contact_id)
        check(self.actor, self.action, relation_to(contact, self.actor))
        context = self.draw(contact, before=request.GET.get("before", ""))
        if self.by_htmx:
            return self.show_part("contacts/contact.html#whole", context)
        return self.show("contacts/contact.html", context)

    def _lead_on(self, contact_id: int) -> HttpResponse:
        """One that became another leads to it, for whoever may see that. Raises UnknownContact."""
        to = reverse("contact", args=[follow_merges(contact_id, actor=self.actor).pk])
        return HttpResponse(headers={"HX-Redirect": to}) if self.by_htmx else HttpResponseRedirect(to)
