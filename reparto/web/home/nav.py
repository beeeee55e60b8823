"""The sidebar by itself, so that its counts stay live."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse

from ..page import Page
from ..shell import shell_of


class Nav(Page):
    """`/nav?active=<key>`: `components/nav.html`, as the page that asks has it."""

    action: ClassVar[str] = "me.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer the entries with their counts as they are now."""
        shell = shell_of(request, self.actor, active=request.GET.get("active", ""))
        return self.show_part("components/nav.html", {"shell": shell})
