"""When somebody counts as present, what happens while an owner is away, and how people's results are measured."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.kit.organization_settings import LIVE_CHANNELS, read_settings
from reparto.kit.organizations import this_organization
from reparto.people.change_settings import change_settings

from ..ask import Ask, faults_by_path
from ..page import Page
from ..people.change_desk import change_desk
from .sections_of import sections_of

FIGURES = ("days", "minimum_sample", "shrinkage")


class SettingsPage(Page):
    """`/ajustes`."""

    action: ClassVar[str] = "settings.manage"
    section: ClassVar[str] = "settings"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what holds now."""
        return self._ask(read_settings(), None)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save all sections; none when one of them cannot be."""
        wanted = _read(request.POST)
        try:
            change_desk(lambda: self._save(wanted), actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self._ask(wanted, invalid)
        return self.done(gettext("The settings are saved."), to=reverse("settings"))

    def _save(self, wanted: dict[str, dict[str, Any]]) -> None:
        for section, changes in wanted.items():
            change_settings(section, changes, actor=self.actor, at=self.at)

    def _ask(self, values: dict[str, dict[str, Any]], invalid: Invalid | None) -> HttpResponse:
        context = {
            "organization": this_organization(),
            "sections": sections_of(self.actor, "settings"),
            "sign_of_life": values["presence"]["sign_of_life"],
            "graces": _graces(values["presence"]["grace_seconds"], dict(faults_by_path(invalid))),
            "owner_away": values["distribution"]["owner_away"],
            "figures": _figures(values["figures"], dict(faults_by_path(invalid))),
        }
        return self.show("settings/page.html", context, status=422 if invalid else 200)


def _read(sent: QueryDict) -> dict[str, dict[str, Any]]:
    graces = {channel: _seconds(sent.get(f"grace-{channel}", "")) for channel in LIVE_CHANNELS}
    return {
        "presence": {"sign_of_life": "sign_of_life" in sent, "grace_seconds": graces},
        "distribution": {"owner_away": sent.get("owner_away", "")},
        "figures": {name: _number(sent.get(f"figures-{name}", "")) for name in FIGURES},
    }


def _number(written: str) -> int | str:
    return int(written) if written.strip().isdecimal() and len(written) < 9 else written


def _figures(values: dict[str, Any], faults: dict[str, str]) -> list[Ask]:
    said = {
        "days": (gettext("Days back"), gettext("Sales and follow-ups before that do not count.")),
        "minimum_sample": (gettext("Contacts at least"), gettext("Whoever has fewer comes after the others.")),
        "shrinkage": (gettext("Weight of the mean"), gettext("As many contacts at everybody's mean are added.")),
    }
    return [
        Ask(
            f"figures-{name}",
            said[name][0],
            str(values.get(name, "")),
            hint=said[name][1],
            error=faults.get(name, ""),
            inputmode="numeric",
        )
        for name in FIGURES
    ]


def _seconds(minutes: str) -> int | str:
    written = minutes.strip()
    return int(written) * 60 if written.isdecimal() and len(written) < 9 else written


def _graces(seconds: dict[str, Any], faults: dict[str, str]) -> list[Ask]:
    labels = {"whatsapp": "WhatsApp", "webform": gettext("Web form"), "phone": gettext("Phone")}
    return [
        Ask(
            f"grace-{channel}",
            labels[channel],
            _minutes(seconds.get(channel, "")),
            error=gettext("Write whole minutes, from 1 to 1440.") if f"grace_seconds.{channel}" in faults else "",
            inputmode="numeric",
        )
        for channel in LIVE_CHANNELS
    ]


def _minutes(seconds: Any) -> Any:
    return seconds // 60 if isinstance(seconds, int) else seconds
