"""The table of account × person (AD-7): changes apply together, on *Save configuration and update*."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from reparto.channels.queries import all_accounts, all_modes
from reparto.channels.set_mode import MODES, set_mode
from reparto.people.models import Person
from reparto.people.queries import all_people

from ..page import Page
from .change_desk import change_desk
from .show_modes import field_of, show_modes


class ModesPage(Page):
    """`/agentes/canales`."""

    action: ClassVar[str] = "accounts.manage"
    section: ClassVar[str] = "agents"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the table."""
        people, accounts = _working(), list(all_accounts())
        context = {"rows": show_modes(people, accounts), "accounts": accounts, "tab": "modes"}
        return self.show("people/modes.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Apply what was changed, all at once."""
        present = all_modes()
        wanted = {
            (person.pk, account.pk): request.POST.get(field_of(person.pk, account.pk), "")
            for person in _working()
            for account in all_accounts()
        }
        changes = {
            pair: mode for pair, mode in wanted.items() if mode in MODES and mode != present.get(pair, "disabled")
        }
        change_desk(lambda: self._apply(changes), actor=self.actor, at=self.at)
        said = ngettext("%(count)d change applied.", "%(count)d changes applied.", len(changes))
        text = said % {"count": len(changes)} if changes else gettext("Nothing was changed.")
        return self.done(text, to=reverse("modes"))

    def _apply(self, changes: dict[tuple[int, int], str]) -> None:
        # By person: everybody locks people's rows in the same order.
        for (person_id, account_id), mode in sorted(changes.items()):
            set_mode(person_id, account_id, mode=mode, actor=self.actor, at=self.at)


def _working() -> list[Person]:
    return list(all_people().filter(suspended_at__isnull=True))
