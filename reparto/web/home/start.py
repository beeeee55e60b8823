"""Lead to the first place that whoever signed in may open; without any role it is their own account."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from reparto.channels.queries import all_accounts
from reparto.people.permissions import may

from ..page import Page
from ..shell import PLACES, url_of


class Start(Page):
    """`/`: the inbox, or the contacts; the first steps while nothing can come in."""

    action: ClassVar[str] = "me.settings"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Redirect; whoever may add the first account is shown how, everybody else the first place of theirs."""
        if may(self.actor, "accounts.manage") and not all_accounts().exists():
            return HttpResponseRedirect(reverse("first_steps"))
        places = [place for place in PLACES if may(self.actor, place.action)] if may(self.actor, "me.view") else []
        return HttpResponseRedirect(next((url for place in places if (url := url_of(place))), reverse("profile")))
