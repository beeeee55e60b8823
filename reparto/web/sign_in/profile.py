"""One's own profile: language, time zone, look and keys; words left behind; the way to password and second step."""

from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.wake_waiting import wake_waiting
from reparto.conversations.queries import drafts_out_of_sight
from reparto.kit.faults import Invalid
from reparto.people.choose_preferences import choose_preferences
from reparto.people.permissions import may
from reparto.people.queries import find_person

from ..ask import Ask, choices_of, faults_by_path
from ..page import Page
from .zones import zones


class Profile(Page):
    """`/perfil`."""

    action: ClassVar[str] = "me.settings"
    section: ClassVar[str] = "profile"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what one has chosen."""
        person = find_person(self.actor.person_id)
        chosen = {"language": person.language, "time_zone": person.time_zone, **person.preferences}
        return self._ask(chosen)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep what was chosen and speak the new language at once."""
        chosen: dict[str, Any] = {name: request.POST.get(name, "") for name in ("language", "time_zone", "theme")}
        chosen |= {"density": request.POST.get("density", ""), "single_keys": "single_keys" in request.POST}
        lock_desk(self.actor.organization_id)  # whether somebody is on shift is judged in their zone
        try:
            person = choose_preferences(chosen, actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self._ask(chosen, invalid)
        wake_waiting(self.actor.organization_id, reason="people", at=self.at)
        with translation.override(person.language):
            return self.done(gettext("Your profile is saved."), to=reverse("profile"))

    def _ask(self, chosen: dict[str, Any], invalid: Invalid | None = None) -> HttpResponse:
        faults = faults_by_path(invalid)
        context = {
            "fields": _fields(chosen, dict(faults)),
            "themes": _segments("theme", chosen),
            "densities": _segments("density", chosen),
            "single_keys": chosen.get("single_keys", True),
            "told": may(self.actor, "me.view"),
            "begun": drafts_out_of_sight(self.actor),
        }
        return self.show("sign_in/profile.html", context, status=422 if invalid else 200)


def _fields(chosen: dict[str, Any], faults: dict[str, str]) -> list[Ask]:
    # Each language in itself: whoever landed in a foreign one must find their own.
    languages = [
        (code, translation.get_language_info(code)["name_local"].capitalize()) for code, _ in settings.LANGUAGES
    ]
    return [
        Ask(
            "language",
            gettext("Language"),
            choices=choices_of(languages, chosen=chosen["language"]),
            error=faults.get("language", ""),
        ),
        Ask(
            "time_zone",
            gettext("Time zone"),
            choices=choices_of(zones(), chosen=chosen["time_zone"]),
            error=faults.get("time_zone", ""),
            hint=gettext("Times on every page are shown in it."),
        ),
    ]


def _segments(name: str, chosen: dict[str, Any]) -> list[dict[str, Any]]:
    labels = {
        "theme": (("", gettext("As the system")), ("light", gettext("Light")), ("dark", gettext("Dark"))),
        "density": (("", gettext("Comfortable")), ("compact", gettext("Compact"))),
    }[name]
    return [{"value": value, "label": label, "on": chosen.get(name, "") == value} for value, label in labels]
