"""What the palette offers: what may be done to what is in sight, where one may go, which contacts match."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from reparto.contacts.queries import UnknownContact, find_contact, visible_contacts
from reparto.contacts.search_contacts import search_contacts
from reparto.conversations.queries import UnknownConversation
from reparto.engine import fold
from reparto.people.permissions import NotAllowed, may

from ..inbox.opened import open_conversation
from ..page import Page
from ..shell import PLACES, url_of
from .acts_on_contact import acts_on_contact
from .acts_on_conversation import acts_on_conversation

FOUND = 8


class Results(Page):
    """`GET /palette?q=&context=contact:12`; `conversation:12`, and `conversation:12:open` of the one on the page."""

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
        entries = [*self._on_object(request.GET.get("context", ""))]
        if may(self.actor, "contact.create"):
            entries.append({"label": gettext("New contact"), "icon": "plus", "url": reverse("contact_new")})
        entries.append({"label": gettext("Shortcuts"), "icon": "keyboard", "command": "shortcuts"})
        return entries

    def _on_object(self, context: str) -> list[dict[str, Any]]:
        """Return what may be done to what is in sight; what is not theirs to see offers nothing."""
        kind, _, rest = context.partition(":")
        number, _, place = rest.partition(":")
        if not number.isdecimal() or len(number) > 18:
            return []
        try:
            if kind == "contact":
                return acts_on_contact(find_contact(int(number), actor=self.actor), self)
            if kind == "conversation":
                return self._on_conversation(int(number), on_page=place == "open")
        except (UnknownContact, UnknownConversation, NotAllowed):
            pass
        return []

    def _on_conversation(self, conversation_id: int, *, on_page: bool) -> list[dict[str, Any]]:
        """The keys press what the open one carries: of a row in the list there is no owner's cell to press."""
        opened = open_conversation(conversation_id, actor=self.actor)
        of_contact = acts_on_contact(opened.talk.contact, self)
        reachable = [act for act in of_contact if on_page or "command" not in act]
        return [*acts_on_conversation(opened, on_page=on_page), *reachable]

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


def _matching(entries: list[dict[str, Any]], words: str) -> list[dict[str, Any]]:
    wanted = fold(words).split()
    return [entry for entry in entries if all(word in fold(str(entry["label"])) for word in wanted)]
