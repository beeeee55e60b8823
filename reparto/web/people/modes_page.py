"""The table of account × person (AD-7): changes apply together, on *Save configuration and update*."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from reparto.channels.queries import all_accounts, all_caps, all_modes
from reparto.channels.set_cap import set_cap
from reparto.channels.set_mode import MODES, set_mode
from reparto.kit.faults import Invalid
from reparto.people.models import Person
from reparto.people.queries import all_people

from ..ask import faults_by_path
from ..page import Page
from .change_desk import change_desk
from .show_modes import cap_field_of, field_of, show_modes


class ModesPage(Page):
    """`/agentes/canales`."""

    action: ClassVar[str] = "accounts.manage"
    section: ClassVar[str] = "agents"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the table."""
        return self._ask({}, None)

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
        caps = self._caps(wanted)
        try:
            change_desk(lambda: self._apply(changes, caps), actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self._ask(request.POST.dict(), invalid)
        count = len(changes) + len(caps)
        said = ngettext("%(count)d change applied.", "%(count)d changes applied.", count)
        text = said % {"count": count} if count else gettext("Nothing was changed.")
        return self.done(text, to=reverse("modes"))

    def _ask(self, sent: Mapping[str, str], invalid: Invalid | None) -> HttpResponse:
        people, accounts = _working(), list(all_accounts())
        rows = show_modes(people, accounts, sent=sent, faults=faults_by_path(invalid))
        context = {"rows": rows, "accounts": accounts, "tab": "modes"}
        return self.show("people/modes.html", context, status=422 if invalid else 200)

    def _caps(self, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
        """What was typed otherwise than it stands; a box that was not sent is left as it is."""
        present, sent = all_caps(), self.request.POST
        typed = {pair: sent[cap_field_of(*pair)].strip() for pair in pairs if cap_field_of(*pair) in sent}
        return {pair: cap for pair, cap in typed.items() if cap != str(present.get(pair, ""))}

    def _apply(self, modes: dict[tuple[int, int], str], caps: dict[tuple[int, int], str]) -> None:
        # By person: everybody locks people's rows in the same order.
        for person_id, account_id in sorted({*modes, *caps}):
            pair = person_id, account_id
            if pair in modes:
                set_mode(person_id, account_id, mode=modes[pair], actor=self.actor, at=self.at)
            if pair in caps:
                self._set_cap(pair, caps[pair])

    def _set_cap(self, pair: tuple[int, int], written: str) -> None:
        cap = int(written) if written.isdecimal() and len(written) < 9 else written or None
        try:
            set_cap(*pair, cap=cap, actor=self.actor, at=self.at)
        except Invalid as invalid:
            # Beside the box that it was written into.
            raise Invalid(tuple(replace(one, path=cap_field_of(*pair)) for one in invalid.faults)) from invalid


def _working() -> list[Person]:
    return list(all_people().filter(suspended_at__isnull=True))
