"""Who owns a contact: the choices, and the choice; the same for list, profile, sidebar and palette (LG-4 to LG-6)."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.assign_by_hand import AlreadyOwned, assign_by_hand
from reparto.assignment.models import Decision
from reparto.assignment.wake_waiting import wake_waiting
from reparto.contacts.models import Contact
from reparto.contacts.queries import find_contact, lock_contact
from reparto.contacts.relation import relation_to
from reparto.kit.check_version import StaleVersion
from reparto.people.models import Person
from reparto.people.permissions import NotAllowed, check, may
from reparto.people.queries import UnknownPerson, find_person

from ..come_back import come_back
from ..page import Page
from ..say_toast import say_toast
from .owner_cell import may_with_owner, owner_cell
from .owner_options import owner_options
from .show_cell import asked_look, find_contact_again, show_cell
from .suggest_owner import suggest_owner


class OwnerOptions(Page):
    """`GET /contactos/{id}/encargado/opciones`: the picker; without htmx, a page with the same form."""

    action: ClassVar[str] = "contact.assign"
    section: ClassVar[str] = "contacts"

    def get(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        """Show whom this contact may be given to."""
        contact = find_contact(contact_id, actor=self.actor)
        check(self.actor, self.action, relation_to(contact, self.actor))
        return show_picker(self, contact)


class Owner(Page):
    """`POST /contactos/{id}/encargado`: `person` (empty: nobody) and the `version` that was seen."""

    action: ClassVar[str] = "contact.view"

    def post(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        """Give it, and answer the cell with its new version; or say why not, and show who has it."""
        chosen, version = _number(request.POST.get("person", "")), _number(request.POST.get("version", ""))
        try:
            decision = assign_by_hand(contact_id, owner_id=chosen, actor=self.actor, at=self.at, if_version=version)
        except AlreadyOwned as already:
            # The actor saw it a moment ago; it may be with somebody now whose contacts they do not see.
            return self._was_first(lock_contact(contact_id), already.owner)
        except StaleVersion:
            return self._stale(lock_contact(contact_id), chosen)
        except NotAllowed:
            # A page that was drawn before somebody else took it offered what is offered no more.
            contact = find_contact(contact_id, actor=self.actor)
            if contact.owner is None or version in (None, contact.version):
                raise
            return self._was_first(contact, contact.owner)
        except UnknownPerson:
            contact = find_contact(contact_id, actor=self.actor)
            return self._conflict(contact, gettext("That person is not here any more."), status=422)
        had = decision is not None and decision.trace["before"]["owner_id"] is not None
        if had:
            # Whoever had it may have room again.
            wake_waiting(self.actor.organization_id, reason="people", at=self.at)
        return self._done(self._left_with(contact_id, decision), decision, passed_on=had and chosen is not None)

    def _left_with(self, contact_id: int, decision: Decision | None) -> Contact | None:
        """Return the contact as it is now; None when it went out of the actor's sight with its owner."""
        if decision is None:
            return find_contact_again(contact_id, self)
        seen = may(self.actor, self.action, relation_to(decision.contact, self.actor))
        return decision.contact if seen else None

    def _done(self, contact: Contact | None, decision: Decision | None, *, passed_on: bool) -> HttpResponse:
        if contact is None:
            # Given to somebody whose contacts the actor does not see.
            return self.done(gettext("It was given away."), to=reverse("contacts"))
        said = _said(contact)
        undo = reverse("undo_decision", args=[decision.pk]) if decision else ""
        to = come_back(self.request)
        if urlsplit(to).path == reverse("contact_owner_options", args=[contact.pk]):
            to = reverse("contact", args=[contact.pk])
        return self.done(said, to=to, undo=undo, part=show_cell(self, contact, moves_counts=not passed_on))

    def _was_first(self, contact: Contact, owner: Person) -> HttpResponse:
        said = gettext("%(name)s was first: it is theirs now.") % {"name": owner.name}
        return self._conflict(contact, said, status=409)

    def _conflict(self, contact: Contact, said: str, *, status: int) -> HttpResponse:
        if self.by_htmx:
            return say_toast(show_cell(self, contact, status=status), said, kind="error")
        seen = may(self.actor, self.action, relation_to(contact, self.actor))
        context = {"contact": contact, "text": said, "cell": owner_cell(contact, self.actor), "seen": seen}
        return self.show("contacts/owner_conflict.html", context, status=status)

    def _stale(self, contact: Contact, chosen: int | None) -> HttpResponse:
        """Somebody changed it meanwhile: show what it is now; *Use mine* sends the same choice with the new version."""
        if contact.owner is not None:
            said = gettext("Meanwhile %(owner)s became the owner of %(contact)s.")
            said %= {"owner": contact.owner.name, "contact": contact.name}
        else:
            said = gettext("%(contact)s was changed meanwhile; it has nobody.") % {"contact": contact.name}
        if not self.by_htmx:
            return self._conflict(contact, said, status=412)
        mine = {
            "url": owner_cell(contact, self.actor, look=asked_look(self.request))["url"],
            "values": {"person": str(chosen or ""), "version": str(contact.version)},
            "target": f"#owner-{contact.pk}",
        }
        again = mine if may_with_owner(contact, self.actor) else None
        return say_toast(show_cell(self, contact, status=412), said, kind="conflict", mine=again)


def show_picker(page: Page, contact: Contact) -> HttpResponse:
    """Answer the picker of a contact's owner, as a fragment or as a page."""
    me: Person | None = find_person(page.actor.person_id) if contact.owner_id != page.actor.person_id else None
    context: dict[str, Any] = {
        "url": owner_cell(contact, page.actor, look=asked_look(page.request))["url"],
        "version": contact.version,
        "contact": contact,
        "me": me,
        "owner": contact.owner,
        "groups": suggest_owner(owner_options(contact, page.actor, at=page.at), contact, at=page.at),
    }
    if page.by_htmx:
        return page.show_part("components/picker.html", context)
    return page.show("contacts/owner_page.html", context)


def _said(contact: Contact) -> str:
    if contact.owner is None:
        return gettext("%(contact)s has nobody now") % {"contact": contact.name}
    return gettext("%(contact)s is with %(owner)s") % {"contact": contact.name, "owner": contact.owner.name}


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None
