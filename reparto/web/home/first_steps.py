"""What a new administrator sees first: the few steps until the first contact arrives, each with its way on."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.channels.queries import all_accounts, all_modes
from reparto.people.queries import all_people
from reparto.rules.queries import all_rules

from ..page import Page


class FirstSteps(Page):
    """`/primeros-pasos`: where the start leads while there is no account."""

    action: ClassVar[str] = "accounts.manage"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the steps, those done crossed off."""
        return self.show("first_steps.html", {"steps": _steps(), "name": self.actor.name.split(" ")[0]})


def _steps() -> list[dict[str, Any]]:
    return [
        _step(
            all_accounts().exists(),
            gettext("Add a WhatsApp number or a web form"),
            gettext("By it contacts come in. The form takes a minute: copy a piece of HTML to your page."),
            "account_new",
            gettext("Add an account"),
        ),
        _step(
            all_people().count() > 1,
            gettext("Add your people"),
            gettext("Each gets a link to choose a password. New people receive nothing until you say so."),
            "person_new",
            gettext("Add a person"),
        ),
        _step(
            "auto" in all_modes().values() and all_people().filter(receives=True).exists(),
            gettext("Say who receives where"),
            gettext("Switch on Receives for each agent, and autoassignment on the account."),
            "modes",
            gettext("Choose"),
        ),
        _step(
            all_rules().exists(),
            gettext("Write the first rule"),
            gettext("Without filters it deals every new contact out in turn."),
            "rule_new",
            gettext("Write a rule"),
        ),
    ]


def _step(done: bool, title: str, text: str, route: str, label: str) -> dict[str, Any]:
    return {"done": done, "title": title, "text": text, "url": reverse(route), "label": label}
