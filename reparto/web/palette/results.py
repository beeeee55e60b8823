"""What the palette offers: what may be done to what is in sight, where one may go, which contacts match."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from reparto.contacts.models import Contact
from reparto.contacts.queries import UnknownContact, find_contact, visible_contacts
from reparto.contacts.relation import relation_to
from reparto.contacts.search_contacts import search_contacts
from reparto.engine import fold
from reparto.people.permissions import may

from ..page import Page
from ..shell import PLACES, url_of

FOUND = 8


class Results(Page):
    """`GET /palette?q=&context=contact:12`."""

    action: ClassVar[str] = "me.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer up to three groups; the first is about the object in sight."""
        words = request.GET.get("q", "").strip()[:200]
        groups = [
            {"label": gettext("Actions"), "entries": _matching(self._actions(request), words)},
            {"label": gettext("Go to"), "entries": _matching(self._places(), words)},
            {"label": gettext("Contacts"), "entries": self._contacts(words)},
        ]
        return self.show_part("components/palette_results.html", {"groups": [one for one in groups if one["entries"]]})

    def _actions(self, request: HttpRequest) -> list[dict[str, Any]]:
        entries = [*self._on_contact(request.GET.get("context", ""))]
        if may(self.actor, "contact.create"):
            entries.append({"label": gettext("New contact"), "icon": "plus", "url": reverse("contact_new")})
        entries.append({"label": gettext("Shortcuts"), "icon": "keyboard", "command": "shortcuts"})
        return entries

    def _on_contact(self, context: str) -> list[dict[str, Any]]:
        kind, _, number = context.partition(":")
        if kind != "contact" or not number.isdecimal():
            return []
        try:
            contact = find_contact(int(number), actor=self.actor)
        except UnknownContact:
            return []
        return _acts(contact, self)

    def _places(self) -> list[dict[str, Any]]:
        allowed = [(place, url_of(place)) for place in PLACES if may(self.actor, place.action)]
        return [{"label": str(place.label), "icon": place.icon, "url": url} for place, url in allowed if url]

    def _contacts(self, words: str) -> list[dict[str, Any]]:
        if not words:
            return []
        found = search_contacts(visible_contacts(self.actor), words)[:FOUND]
        return [
            {
                "label": contact.name,
                "detail": contact.owner.name if contact.owner else pgettext("contacts", "Unassigned"),
                "person": contact,
                "shape": "sq",
                "url": reverse("contact", args=[contact.pk]),
            }
            for contact in found
        ]


def _acts(contact: Contact, page: Page) -> list[dict[str, Any]]:
    relation = relation_to(contact, page.actor)
    acts = []
    if may(page.actor, "contact.assign", relation):
        acts.append({"label": gettext("Assign to…"), "detail": contact.name, "icon": "user-check", "command": "assign"})
        if contact.owner_id is not None:
            acts.append({"label": gettext("Leave with nobody"), "icon": "user-minus", "command": "release"})
    if contact.owner_id != page.actor.person_id and may(page.actor, "contact.take", relation):
        acts.append({"label": gettext("Assign to me"), "detail": contact.name, "icon": "user-plus", "command": "take"})
    if may(page.actor, "contact.edit", relation):
        url = reverse("contact_edit", args=[contact.pk])
        acts.append({"label": gettext("Edit"), "detail": contact.name, "icon": "pencil", "url": url})
    return acts


def _matching(entries: list[dict[str, Any]], words: str) -> list[dict[str, Any]]:
    wanted = fold(words).split()
    return [entry for entry in entries if all(word in fold(str(entry["label"])) for word in wanted)]
