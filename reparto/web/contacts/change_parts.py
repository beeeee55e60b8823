"""Small changes on the profile itself: an address more, less or first; a tag on or off."""

from dataclasses import replace
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.lock_desk import lock_desk
from reparto.contacts.change_tags import change_tags
from reparto.contacts.contact_draft import AddressDraft
from reparto.contacts.edit_contact import edit_contact
from reparto.contacts.models import Address, Contact
from reparto.contacts.queries import addresses_of, find_contact, tags_of
from reparto.contacts.relation import relation_to
from reparto.kit.faults import Invalid
from reparto.kit.organizations import this_organization
from reparto.people.permissions import check

from ..page import Page
from ..read_list import read_list
from .ask_facts import rewritten_as
from .contact_form import ContactForm, form_of
from .show_contact_form import show_contact_form
from .show_taken import show_taken


class ChangeAddresses(Page):
    """`POST /contactos/{id}/medios`: `kind` and `value` add one; `remove` or `first` name one by its id."""

    action: ClassVar[str] = "contact.edit"
    section: ClassVar[str] = "contacts"

    def post(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        """Change them all at once, as the form would; what a numbering rule rewrote is said."""
        contact = find_contact(contact_id, actor=self.actor)
        check(self.actor, self.action, relation_to(contact, self.actor))
        lock_desk(self.actor.organization_id)
        here = addresses_of([contact.pk]).get(contact.pk, [])
        kind, value = request.POST.get("kind", ""), request.POST.get("value", "").strip()
        wanted = [AddressDraft(one.kind, one.value) for one in self._order(here)]
        if value:
            wanted.append(AddressDraft(kind, value))
        to = reverse("contact", args=[contact.pk])
        try:
            edit_contact(contact.pk, {"addresses": tuple(wanted)}, actor=self.actor, at=self.at)
        except Invalid as invalid:
            form = form_of(contact, here, tags_of([contact.pk]).get(contact.pk, []))
            form = replace(form, addresses=tuple((one.kind, one.value) for one in wanted))
            return show_faults(self, contact, form, invalid)
        return self.done(say_saved([AddressDraft(kind, value)] if value else []), to=to)

    def _order(self, here: list[Address]) -> list[Address]:
        """Return those that stay, the chosen one first."""
        first, gone = self.request.POST.get("first", ""), self.request.POST.get("remove", "")
        stay = [one for one in here if str(one.pk) != gone]
        return sorted(stay, key=lambda one: str(one.pk) != first)


class ChangeTags(Page):
    """`POST /contactos/{id}/etiquetas`: `add` puts tags on, with commas between several; `remove` takes one off."""

    action: ClassVar[str] = "contact.edit"
    section: ClassVar[str] = "contacts"

    def post(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        """Change the list of tags as the form would."""
        contact = find_contact(contact_id, actor=self.actor)
        check(self.actor, self.action, relation_to(contact, self.actor))
        come, go = read_list(request.POST.get("add", "")), [request.POST.get("remove", "")]
        try:
            change_tags(contact.pk, come=come, go=go, actor=self.actor, at=self.at)
        except Invalid as invalid:
            there = tags_of([contact.pk]).get(contact.pk, [])
            form = form_of(contact, addresses_of([contact.pk]).get(contact.pk, []), [*there, *come])
            return show_faults(self, contact, form, invalid)
        return self.done(gettext("Saved."), to=reverse("contact", args=[contact.pk]))


def show_faults(page: Page, contact: Contact, form: ContactForm, invalid: Invalid) -> HttpResponse:
    """Answer the whole form with what was typed, and what is wrong beside it."""
    context = show_contact_form(form, page.actor, faults=invalid.faults, contact=contact)
    context["taken"] = show_taken(form, page.actor, besides=contact.pk)
    return page.show("contacts/form.html", context, status=422)


def say_saved(typed: list[AddressDraft]) -> str:
    """Return that it is saved, and which of the numbers that were typed is kept under another spelling (EC-73)."""
    country = this_organization().country
    said = [gettext("Saved.")]
    for one in typed:
        if shown := rewritten_as(one.kind, one.value, country):
            said.append(gettext("%(typed)s is found as %(shown)s.") % {"typed": one.value, "shown": shown})
    return " ".join(said)
