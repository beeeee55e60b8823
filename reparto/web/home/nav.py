"""The sidebar by itself, so that its counts stay live."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse

from ..page import Page
from ..shell import shell_of


class Nav(Page):
    """`/nav?active=<key>`: the entries as the page that asks has them; out of band, the bell and one's own load."""

    action: ClassVar[str] = "me.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer the entries with their counts as they are now."""
        shell = shell_of(self.person, self.actor, self.frame, active=request.GET.get("active", ""))
        return self.show_part("components/nav_answer.html", {"shell": shell})
