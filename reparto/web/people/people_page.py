"""The list of people."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse

from ..page import Page
from .show_people import show_people


class PeoplePage(Page):
    """`/agentes`."""

    action: ClassVar[str] = "people.manage"
    section: ClassVar[str] = "agents"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show everybody, or those whose name or e-mail has the words."""
        words = request.GET.get("q", "").strip()[:100]
        context = {"rows": show_people(words=words), "words": words, "tab": "people"}
        if self.by_htmx:
            return self.show_part("people/rows.html", context)
        return self.show("people/list.html", context)
