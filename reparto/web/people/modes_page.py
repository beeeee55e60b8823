"""The table of account × person (AD-7): changes apply together, on *Save configuration and update*."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from reparto.assignment.lock_desk import lock_desk
from reparto.channels.queries import all_accounts, all_caps, all_modes
from reparto.channels.set_cap import set_cap
from reparto.channels.set_mode import MODES, set_mode
from reparto.kit.faults import Invalid
from reparto.people.models import Person
from reparto.people.queries import all_people

from ..ask import faults_by_path
from ..merge_form import Merged, merge_form, write_was
from ..page import Page
from .change_desk import change_desk
from .show_modes import cap_field_of, field_of, name_cells, pair_of, say_cell, show_modes


class ModesPage(Page):
    """`/agentes/canales`."""

    action: ClassVar[str] = "accounts.manage"
    section: ClassVar[str] = "agents"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the table."""
        return self._ask(merge_form({}, _stored(), {}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Apply what was changed on this page, all at once; what others set meanwhile stays."""
        lock_desk(self.actor.organization_id)
        sent = request.POST.dict()
        merged = merge_form(_read(sent), _stored(), sent)
        if merged.clashing:
            return self._ask(merged, status=412)
        try:
            change_desk(lambda: self._apply(merged), actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self._ask(merged, invalid, status=422)
        count = len(merged.changed)
        said = ngettext("%(count)d change applied.", "%(count)d changes applied.", count)
        text = said % {"count": count} if count else gettext("Nothing was changed.")
        return self.done(text, to=reverse("modes"))

    def _ask(self, merged: Merged, invalid: Invalid | None = None, *, status: int = 200) -> HttpResponse:
        people, accounts = _working(), list(all_accounts())
        rows = show_modes(people, accounts, values=merged.values, faults=faults_by_path(invalid))
        clashes = merged.say(name_cells(people, accounts), say_cell)
        context = {"rows": rows, "accounts": accounts, "tab": "modes", "clashes": clashes}
        return self.show("people/modes.html", context | {"was": write_was(merged.theirs)}, status=status)

    def _apply(self, merged: Merged) -> None:
        # By person: everybody locks people's rows in the same order.
        for person_id, account_id in sorted({pair_of(name) for name in merged.changed}):
            pair = person_id, account_id
            if (name := field_of(*pair)) in merged.changed:
                mode = merged.values[name] or "disabled"
                set_mode(person_id, account_id, mode=mode, actor=self.actor, at=self.at)
            if (name := cap_field_of(*pair)) in merged.changed:
                self._set_cap(pair, merged.values[name])

    def _set_cap(self, pair: tuple[int, int], written: str) -> None:
        cap = int(written) if written.isdecimal() and len(written) < 9 else written or None
        try:
            set_cap(*pair, cap=cap, actor=self.actor, at=self.at)
        except Invalid as invalid:
            # Beside the box that it was written into.
            raise Invalid(tuple(replace(one, path=cap_field_of(*pair)) for one in invalid.faults)) from invalid


def _stored() -> dict[str, str]:
    """Return what each cell and each box beside it has; *disabled* and no limit are empty."""
    modes = {field_of(*pair): mode for pair, mode in all_modes().items() if mode != "disabled"}
    return modes | {cap_field_of(*pair): str(cap) for pair, cap in all_caps().items()}


def _read(sent: Mapping[str, str]) -> dict[str, str]:
    """Return what each cell has on the page; one that was not sent, or makes no sense, is left as it is."""
    read = dict[str, str]()
    for person, account in product(_working(), all_accounts()):
        name, cap_name = (of(person.pk, account.pk) for of in (field_of, cap_field_of))
        if sent.get(name) in MODES:
            read[name] = sent[name].replace("disabled", "")
        if cap_name in sent:
            read[cap_name] = sent[cap_name].strip()
    return read


def _working() -> list[Person]:
    return list(all_people().filter(suspended_at__isnull=True))
