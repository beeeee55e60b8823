"""How the inbox works for all: whose a contact becomes by the first answer (AC-5), and what agents see of others'."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
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
        return self._ask(read_settings()["inbox"])

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save it."""
        chosen: dict[str, Any] = {"first_responder_owns": "first_responder_owns" in request.POST}
        if "agents_see" in request.POST:
            chosen["agents_see"] = request.POST["agents_see"]
        try:
            change_settings("inbox", chosen, actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self._ask(chosen | {"fault": invalid.faults[0].message}, status=422)
        return self.done(gettext("The settings are saved."), to=reverse("settings_inbox"))

    def _ask(self, values: dict[str, Any], *, status: int = 200) -> HttpResponse:
        context = values | {"sections": sections_of(self.actor, "settings_inbox"), "sights": _sights()}
        return self.show("settings/inbox.html", context, status=status)


def _sights() -> list[tuple[str, str, str]]:
    """Return what agents may be let see, in words."""
    said = {
        "own": (gettext("Only their own"), gettext("Their contacts and conversations, and what they may take.")),
        "group": (
            gettext("Their groups'"),
            gettext("Also what people have of each group that they are in or agents of."),
        ),
        "all": (gettext("Everything"), gettext("Also what anybody else in the company has.")),
    }
    return [(value, label, more) for value, (label, more) in said.items()]
