"""Change a contact by hand (LG-8): a manager may set any agent, an agent only themself, and only where it is free."""

from typing import ClassVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.wake_waiting import wake_waiting
from reparto.contacts.contact_fields import show_fields
from reparto.contacts.edit_contact import edit_contact
from reparto.contacts.models import Contact
from reparto.contacts.queries import addresses_of, find_contact, lock_contact, tags_of
from reparto.contacts.relation import relation_to
from reparto.kit.check_version import StaleVersion
from reparto.kit.faults import Fault, Invalid
from reparto.people.permissions import check

from ..page import Page
from .change_parts import say_saved
from .contact_form import ContactForm, form_of, number, read_contact_form
from .name_fault import REFUSALS, name_fault
from .rebase_form import doubled_addresses, keep_theirs, rebase_form, write_was
from .show_clashes import show_clashes
from .show_contact_form import show_contact_form
from .show_taken import show_taken


class _NotGiven(Exception):
    """The typed owner was refused; what else was changed is undone with it."""

    def __init__(self, fault: Fault, status: int) -> None:
        super().__init__(fault.message)
        self.fault, self.status = fault, status


class EditContact(Page):
    """`/contactos/{id}/editar`."""

    action: ClassVar[str] = "contact.edit"
    section: ClassVar[str] = "contacts"

    def get(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        """Show the form as the contact is."""
        contact = self._contact(contact_id)
        return self.show("contacts/form.html", show_contact_form(_stored(contact), self.actor, contact=contact))

    def post(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        """Change it, its owner among it, all or nothing; else show all faults and what was typed."""
        contact, form = self._contact(contact_id), keep_theirs(read_contact_form(request.POST), request.POST.dict())
        lock_desk(self.actor.organization_id)
        had = {one.value for one in addresses_of([contact.pk]).get(contact.pk, [])}
        try:
            with transaction.atomic():
                self._change(contact, form)
        except Invalid as invalid:
            return self._again(contact, form, invalid.faults, status=422)
        except StaleVersion:
            return self._stale(lock_contact(contact_id), form)
        except _NotGiven as refused:
            return self._again(contact, form, (refused.fault,), status=refused.status)
        return self.done(say_saved(form.typed_addresses(had)), to=reverse("contact", args=[contact.pk]))

    def _contact(self, contact_id: int) -> Contact:
        contact = find_contact(contact_id, actor=self.actor)
        check(self.actor, self.action, relation_to(contact, self.actor))
        return contact

    def _change(self, contact: Contact, form: ContactForm) -> None:
        seen = number(form.version)
        changes = form.changes(show_fields(contact))
        edit_contact(contact.pk, changes, actor=self.actor, at=self.at, if_version=seen)
        owner = number(form.owner)
        # A form that offers no choice sends none: then the owner stays.
        if "owner" not in self.request.POST or owner == contact.owner_id:
            return
        try:
            assign_by_hand(contact.pk, owner_id=owner, actor=self.actor, at=self.at)
        except REFUSALS as refused:
            raise _NotGiven(*name_fault(refused)) from refused
        wake_waiting(self.actor.organization_id, reason="people", at=self.at)

    def _stale(self, contact: Contact, form: ContactForm) -> HttpResponse:
        """Show theirs where the actor changed nothing, and both where both did; saving again takes what is shown."""
        stored = _stored(contact)
        doubled = doubled_addresses(form, stored)
        form, clashes = rebase_form(form, stored)
        said = gettext("Somebody changed this contact meanwhile. Choose where you both wrote something.")
        if not clashes:
            said = gettext("Somebody changed this contact meanwhile. What they wrote is in the form; save again.")
        both = gettext("Somebody else wrote %(theirs)s in its place. Both stay: clear the one that is wrong.")
        faults = [Fault(f"addresses[{n}]", "both_wrote", both % {"theirs": one}) for n, one in doubled.items()]
        context = show_contact_form(form, self.actor, faults=(Fault("", "stale", said), *faults), contact=contact)
        return self.show("contacts/form.html", context | {"clashes": show_clashes(clashes, context)}, status=412)

    def _again(self, contact: Contact, form: ContactForm, faults: tuple[Fault, ...], *, status: int) -> HttpResponse:
        context = show_contact_form(form, self.actor, faults=faults, contact=contact)
        context["taken"] = show_taken(form, self.actor, besides=contact.pk)
        return self.show("contacts/form.html", context, status=status)


def _stored(contact: Contact) -> ContactForm:
    addresses = addresses_of([contact.pk]).get(contact.pk, [])
    return write_was(form_of(contact, addresses, tags_of([contact.pk]).get(contact.pk, [])))
