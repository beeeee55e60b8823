"""How the inbox works for all: whose a contact becomes by the first answer (AC-5), and what agents see of others'."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.lock_desk import lock_desk
from reparto.kit.faults import Invalid
from reparto.kit.organization_settings import read_settings
from reparto.people.change_settings import change_settings

from ..merge_form import Merged, merge_form, write_was
from ..page import Page
from .sections_of import sections_of


class InboxSettings(Page):
    """`/ajustes/bandeja`."""

    action: ClassVar[str] = "settings.manage"
    section: ClassVar[str] = "settings"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what holds now."""
        return self._ask(merge_form({}, _form_of(read_settings()["inbox"]), {}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save what was changed on this page."""
        lock_desk(self.actor.organization_id)
        typed = {name: request.POST[name] for name in ("agents_see",) if name in request.POST}
        typed["first_responder_owns"] = request.POST.get("first_responder_owns", "")
        merged = merge_form(typed, _form_of(read_settings()["inbox"]), request.POST.dict())
        if merged.clashing:
            return self._ask(merged, status=412)
        chosen = merged.values | {"first_responder_owns": bool(merged.values["first_responder_owns"])}
        try:
            change_settings("inbox", chosen, actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self._ask(merged, fault=invalid.faults[0].message, status=422)
        return self.done(gettext("The settings are saved."), to=reverse("settings_inbox"))

    def _ask(self, merged: Merged, *, fault: str = "", status: int = 200) -> HttpResponse:
        context = merged.values | {
            "sections": sections_of(self.actor, "settings_inbox"),
            "sights": _sights(),
            "fault": fault,
            "was": write_was(merged.theirs),
            "clashes": merged.say(_labels(), _say),
        }
        return self.show("settings/inbox.html", context, status=status)


def _form_of(settings: dict[str, Any]) -> dict[str, str]:
    """Return what the form shows of the settings as they are."""
    owns = "on" if settings["first_responder_owns"] else ""
    return {"first_responder_owns": owns, "agents_see": settings["agents_see"]}


def _labels() -> dict[str, str]:
    return {"first_responder_owns": gettext("First answer"), "agents_see": gettext("What an agent sees")}


def _say(name: str, value: str | None) -> str:
    if name == "agents_see":
        return next((label for sight, label, _ in _sights() if sight == value), value or "")
    return gettext("Yes") if value else gettext("No")


def _sights() -> list[tuple[str, str, str]]:
    """Return what agents may be let see, in words."""
    said = {
        "own": (gettext("Only their own"), gettext("Their contacts and conversations, and what they may take.")),
        "group": (
            gettext("Their groups'"),
            gettext(
                "Also what people have of each group that they are in or agents of;"
                " they may answer there, under their own name."
            ),
        ),
        "all": (gettext("Everything"), gettext("Also what anybody else in the company has.")),
    }
    return [(value, label, more) for value, (label, more) in said.items()]
