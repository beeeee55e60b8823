"""Lead to the first place that whoever signed in may open."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ..page import Page
from ..shell import PLACES, url_of


class Start(Page):
    """`/`: the inbox, or the contacts."""

    action: ClassVar[str] = "me.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Redirect; everybody may open the list of contacts."""
        return HttpResponseRedirect(next(url for place in PLACES if (url := url_of(place))))
