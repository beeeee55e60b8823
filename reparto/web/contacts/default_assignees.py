"""Choose on the profile who is put on each new conversation of a contact (AC-2, AC-3). It makes nobody the owner."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.contacts.change_default_assignees import change_default_assignees
from reparto.contacts.queries import find_contact

from ..page import Page


class DefaultAssignees(Page):
    """`POST /contactos/{id}/propietarios`: `add_person` and `remove_person`, each any number of times."""

    action: ClassVar[str] = "contact.default_assignees"
    section: ClassVar[str] = "contacts"

    def post(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        """Add and take off; conversations that are open stay as they are."""
        contact = find_contact(contact_id, actor=self.actor)
        come, go = (_ids(request.POST.getlist(name)) for name in ("add_person", "remove_person"))
        change_default_assignees(contact.pk, come=come, go=go, actor=self.actor, at=self.at)
        said = gettext("Saved who is put on the new conversations of %(name)s") % {"name": contact.name}
        return self.done(said, to=reverse("contact", args=[contact.pk]))


def _ids(texts: list[str]) -> list[int]:
    return [int(one) for one in texts if one.isdecimal() and len(one) < 19]
