"""Write a contact by hand (LG-7): it is its maker's unless they clear that."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.keep_contact import keep_contact
from reparto.assignment.lock_desk import lock_desk
from reparto.contacts.add_contact import add_contact
from reparto.contacts.models import Contact
from reparto.kit.faults import Fault, Invalid
from reparto.people.permissions import Relation, may

from ..page import Page
from .change_parts import say_saved
from .contact_form import ContactForm, number, read_contact_form
from .name_fault import REFUSALS, name_fault
from .show_contact_form import show_contact_form
from .show_taken import show_taken


class NewContact(Page):
    """`/contactos/nuevo`."""

    action: ClassVar[str] = "contact.create"
    section: ClassVar[str] = "contacts"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form, its owner preset to whoever opens it."""
        mine = may(self.actor, "contact.keep", Relation.FREE)
        form = ContactForm(owner=str(self.actor.person_id) if mine else "", addresses=(("phone", ""), ("email", "")))
        return self.show("contacts/form.html", show_contact_form(form, self.actor))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make the contact and give it its owner, both or neither; else show all faults and what was typed."""
        form = read_contact_form(request.POST)
        # The desk first, as everybody who brings or gives work does.
        lock_desk(self.actor.organization_id)
        try:
            with transaction.atomic():
                contact = self._add(form)
        except Invalid as invalid:
            return self._again(form, invalid.faults, status=422, taken=show_taken(form, self.actor))
        except REFUSALS as refused:
            fault, status = name_fault(refused)
            return self._again(form, (fault,), status=status)
        saved = say_saved(list(form.filled_addresses)).removeprefix(gettext("Saved."))
        said = gettext("%(contact)s is in the list.") % {"contact": contact.name} + saved
        return self.done(said, to=reverse("contact", args=[contact.pk]))

    def _add(self, form: ContactForm) -> Contact:
        contact = add_contact(form.draft(), actor=self.actor, at=self.at)
        owner = number(form.owner)
        if owner == self.actor.person_id:
            keep_contact(contact.pk, actor=self.actor, at=self.at)
        elif owner is not None:
            assign_by_hand(contact.pk, owner_id=owner, actor=self.actor, at=self.at)
        return contact

    def _again(
        self, form: ContactForm, faults: Sequence[Fault], *, status: int, taken: Sequence[Any] = ()
    ) -> HttpResponse:
        context = show_contact_form(form, self.actor, faults=faults)
        return self.show("contacts/form.html", context | {"taken": taken}, status=status)
