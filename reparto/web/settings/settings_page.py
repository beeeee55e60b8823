"""When somebody counts as present, what happens while an owner is away, and how people's results are measured."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.lock_desk import lock_desk
from reparto.kit.faults import Invalid
from reparto.kit.organization_settings import LIVE_CHANNELS, read_settings
from reparto.kit.organizations import this_organization
from reparto.people.change_settings import change_settings

from ..ask import Ask, faults_by_path
from ..merge_form import Merged, merge_form, write_was
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
        return self._ask(merge_form({}, _form_of(read_settings()), {}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save what was changed on this page, in all sections; none when one of them cannot be."""
        lock_desk(self.actor.organization_id)
        merged = merge_form(_typed(request.POST), _form_of(read_settings()), request.POST.dict())
        if merged.clashing:
            return self._ask(merged, status=412)
        try:
            change_desk(lambda: self._save(merged), actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self._ask(merged, invalid, status=422)
        return self.done(gettext("The settings are saved."), to=reverse("settings"))

    def _save(self, merged: Merged) -> None:
        for section, changes in _read(merged, read_settings()["presence"]["grace_seconds"]).items():
            if changes:
                change_settings(section, changes, actor=self.actor, at=self.at)

    def _ask(self, merged: Merged, invalid: Invalid | None = None, *, status: int = 200) -> HttpResponse:
        values, faults = merged.values, dict(faults_by_path(invalid))
        graces, figures = _graces(values, faults), _figures(values, faults)
        context = {
            "organization": this_organization(),
            "sections": sections_of(self.actor, "settings"),
            "sign_of_life": values["sign_of_life"],
            "graces": graces,
            "owner_away": values["owner_away"],
            "figures": figures,
            "was": write_was(merged.theirs),
            "clashes": merged.say(_labels() | {one.name: one.label for one in (*graces, *figures)}, _say),
        }
        return self.show("settings/page.html", context, status=status)


def _form_of(settings: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Return what the form shows of the settings as they are."""
    presence, figures = settings["presence"], settings["figures"]
    return {
        "sign_of_life": "on" if presence["sign_of_life"] else "",
        **{f"grace-{channel}": _minutes(presence["grace_seconds"].get(channel, "")) for channel in LIVE_CHANNELS},
        "owner_away": settings["distribution"]["owner_away"],
        **{f"figures-{name}": str(figures[name]) for name in FIGURES},
    }


def _typed(sent: QueryDict) -> dict[str, str]:
    named = [f"grace-{channel}" for channel in LIVE_CHANNELS] + [f"figures-{name}" for name in FIGURES]
    return {name: sent.get(name, "").strip() for name in ("sign_of_life", "owner_away", *named)}


def _read(merged: Merged, graces: dict[str, int]) -> dict[str, dict[str, Any]]:
    """Return what was changed, by section."""
    typed = {name: merged.values[name] for name in merged.changed}
    minutes = {one: _seconds(typed[f"grace-{one}"]) for one in LIVE_CHANNELS if f"grace-{one}" in typed}
    presence: dict[str, Any] = {"grace_seconds": graces | minutes} if minutes else {}
    if "sign_of_life" in typed:
        presence["sign_of_life"] = bool(typed["sign_of_life"])
    return {
        "presence": presence,
        "distribution": {name: typed[name] for name in ("owner_away",) if name in typed},
        "figures": {name: _number(typed[f"figures-{name}"]) for name in FIGURES if f"figures-{name}" in typed},
    }


def _labels() -> dict[str, str]:
    return {"sign_of_life": gettext("Ask for a sign of life"), "owner_away": gettext("While the owner is away")}


def _say(name: str, value: str | None) -> str:
    if name == "sign_of_life":
        return gettext("Yes") if value else gettext("No")
    said = {"cover": gettext("Somebody covers"), "wait": gettext("It waits")}
    return said.get(value or "", value or "")


def _number(written: str) -> int | str:
    return int(written) if written.strip().isdecimal() and len(written) < 9 else written


def _figures(values: dict[str, str], faults: dict[str, str]) -> list[Ask]:
    said = {
        "days": (gettext("Days back"), gettext("Sales and follow-ups before that do not count.")),
        "minimum_sample": (gettext("Contacts at least"), gettext("Whoever has fewer comes after the others.")),
        "shrinkage": (gettext("Weight of the mean"), gettext("As many contacts at everybody's mean are added.")),
    }
    return [
        Ask(
            f"figures-{name}",
            said[name][0],
            values[f"figures-{name}"],
            hint=said[name][1],
            error=faults.get(name, ""),
            inputmode="numeric",
        )
        for name in FIGURES
    ]


def _seconds(minutes: str) -> int | str:
    written = minutes.strip()
    return int(written) * 60 if written.isdecimal() and len(written) < 9 else written


def _graces(values: dict[str, str], faults: dict[str, str]) -> list[Ask]:
    labels = {"whatsapp": "WhatsApp", "webform": gettext("Web form"), "phone": gettext("Phone")}
    return [
        Ask(
            f"grace-{channel}",
            labels[channel],
            values[f"grace-{channel}"],
            error=gettext("Write whole minutes, from 1 to 1440.") if f"grace_seconds.{channel}" in faults else "",
            inputmode="numeric",
        )
        for channel in LIVE_CHANNELS
    ]


def _minutes(seconds: Any) -> str:
    return str(seconds // 60 if isinstance(seconds, int) else seconds)
