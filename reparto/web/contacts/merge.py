"""Merge two contacts that are one: find the other, say which stays and whose it is; and take it back."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.merge_contacts import AlreadyMerged, merge_contacts
from reparto.assignment.undo_decision import CannotUndo
from reparto.assignment.undo_merge import UNDO_WITHIN, undo_merge
from reparto.contacts.models import Contact, Merge
from reparto.contacts.queries import UnknownContact, addresses_of, find_contact, visible_contacts
from reparto.contacts.relation import relation_to
from reparto.contacts.search_contacts import search_contacts
from reparto.kit.check_version import StaleVersion
from reparto.kit.faults import Invalid
from reparto.people.permissions import check, may

from ..come_back import come_back
from ..page import Page

FOUND = 10


class MergeContacts(Page):
    """`/contactos/{id}/fusionar`: `q` finds the other, `other` is it; POST with `keep` and `owner` merges."""

    action: ClassVar[str] = "contact.merge"
    section: ClassVar[str] = "contacts"

    def get(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        """Show what was found, or the two side by side."""
        contact = self._mine(contact_id)
        other = _number(request.GET.get("other", ""))
        if other is None:
            return self._find(contact, request.GET.get("q", "").strip()[:200])
        return self._compare(contact, self._mine(other))

    def post(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        """Merge; the other leads to the kept one from now on."""
        contact, other = self._mine(contact_id), self._mine(_number(request.POST.get("other", "")) or 0)
        kept, merged = (other, contact) if request.POST.get("keep") == str(other.pk) else (contact, other)
        try:
            merge = self._merge(kept, merged)
        except Invalid as invalid:
            return self._compare(contact, other, said=invalid.faults[0].message, keep=kept.pk, status=422)
        except StaleVersion:
            said = gettext("Somebody changed one of the two meanwhile. This is how they are now; choose again.")
            return self._compare(contact, other, said=said, keep=kept.pk, status=412)
        except AlreadyMerged:
            said = gettext("One of the two became another contact by now.")
            return self.refused(said, to=reverse("contact", args=[contact.pk]))
        said = gettext("%(name)s is one contact now.") % {"name": kept.name}
        undo = reverse("contact_merge_undo", args=[merge.pk])
        return self.done(said, to=reverse("contact", args=[kept.pk]), undo=undo)

    def _merge(self, kept: Contact, merged: Contact) -> Merge:
        """Merge the two as the page showed them."""
        seen = [_number(self.request.POST.get(f"version-{one.pk}", "")) for one in (kept, merged)]
        return merge_contacts(
            kept.pk,
            merged.pk,
            owner_id=_number(self.request.POST.get("owner", "")),
            actor=self.actor,
            at=self.at,
            if_versions=(seen[0], seen[1]),
        )

    def _mine(self, contact_id: int) -> Contact:
        contact = find_contact(contact_id, actor=self.actor)
        check(self.actor, self.action, relation_to(contact, self.actor))
        return contact

    def _find(self, contact: Contact, words: str) -> HttpResponse:
        seen = visible_contacts(self.actor).exclude(pk=contact.pk)
        # Without words those of the same name: doubles mostly have it.
        found = search_contacts(seen, words or contact.name)[:FOUND]
        mine = [one for one in found if may(self.actor, self.action, relation_to(one, self.actor))]
        return self.show("contacts/merge.html", {"contact": contact, "words": words, "found": _cards(mine)})

    def _compare(
        self, contact: Contact, other: Contact, *, said: str = "", keep: int = 0, status: int = 200
    ) -> HttpResponse:
        owners = {one.owner_id: one.owner for one in (contact, other) if one.owner is not None}
        context = {
            "contact": contact,
            "other": other,
            "pair": _cards([contact, other]),
            "owners": list(owners.values()) if len(owners) > 1 else [],
            "keep": keep or contact.pk,
            "said": said,
        }
        return self.show("contacts/merge.html", context, status=status)


class UndoMerge(Page):
    """`POST /contactos/fusiones/{id}/deshacer`: within 30 days."""

    action: ClassVar[str] = "contact.merge"

    def post(self, request: HttpRequest, merge_id: int) -> HttpResponse:
        """Make two contacts of one again."""
        try:
            merge = undo_merge(merge_id, actor=self.actor, at=self.at)
        except CannotUndo as cannot:
            said = gettext("Somebody changed it since; it stays as it is now.")
            if cannot.code == "too_late":
                said = gettext("Two contacts can be parted again for 30 days; that time has passed.")
            return self.refused(said, to=come_back(request))
        return self.done(gettext("They are two contacts again."), to=self._place(merge.kept_id))

    def _place(self, contact_id: int) -> str:
        """Its owner may be another again, whose contacts are not the actor's to see."""
        try:
            return reverse("contact", args=[find_contact(contact_id, actor=self.actor).pk])
        except UnknownContact:
            return reverse("contacts")


def show_merges(merges: Iterable[Merge], contact: Contact, page: Page) -> list[dict[str, Any]]:
    """Return what became this contact, with the way back while there is one."""
    allowed = may(page.actor, "contact.merge", relation_to(contact, page.actor))
    return [
        {
            "name": merge.merged.name,
            "by": merge.actor.name,
            "at": merge.at,
            "until": merge.at + UNDO_WITHIN,
            "undo": reverse("contact_merge_undo", args=[merge.pk])
            if allowed and page.at - merge.at <= UNDO_WITHIN
            else "",
        }
        for merge in merges
    ]


def _cards(contacts: list[Contact]) -> list[dict[str, Any]]:
    addresses = addresses_of([one.pk for one in contacts])
    return [{"contact": one, "owner": one.owner, "addresses": addresses.get(one.pk, [])} for one in contacts]


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None
