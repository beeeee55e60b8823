"""How the inbox works for all: whose a contact becomes by the first answer (AC-5)."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.organization_settings import read_settings
from reparto.people.change_settings import change_settings

from ..page import Page
from .sections_of import sections_of


class InboxSettings(Page):
    """`/ajustes/bandeja`."""

    action: ClassVar[str] = "settings.manage"
    section: ClassVar[str] = "settings"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what holds now."""
        context = read_settings()["inbox"] | {"sections": sections_of(self.actor, "settings_inbox")}
        return self.show("settings/inbox.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save it."""
        chosen = {"first_responder_owns": "first_responder_owns" in request.POST}
        change_settings("inbox", chosen, actor=self.actor, at=self.at)
        return self.done(gettext("The settings are saved."), to=reverse("settings_inbox"))
