"""Choose on the profile who is put on each new conversation of a contact (AC-2, AC-3). It makes nobody the owner."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.contacts.queries import default_assignees_of, find_contact
from reparto.contacts.set_default_assignees import set_default_assignees

from ..page import Page


class DefaultAssignees(Page):
    """`POST /contactos/{id}/propietarios`: `add_person` and `remove_person`, each any number of times."""

    action: ClassVar[str] = "contact.default_assignees"
    section: ClassVar[str] = "contacts"

    def post(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        """Add and take off; conversations that are open stay as they are."""
        contact = find_contact(contact_id, actor=self.actor)
        there = default_assignees_of([contact.pk]).get(contact.pk, [])
        added = [int(one) for one in request.POST.getlist("add_person") if one.isdecimal() and len(one) < 19]
        removed = set(request.POST.getlist("remove_person"))
        chosen = tuple(dict.fromkeys(one for one in [*there, *added] if str(one) not in removed))
        set_default_assignees(contact.pk, chosen, actor=self.actor, at=self.at)
        said = gettext("Saved who is put on the new conversations of %(name)s") % {"name": contact.name}
        return self.done(said, to=reverse("contact", args=[contact.pk]))
