"""Go back to an earlier version in one step; the toast takes it back."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.change_rules import change_rules
from reparto.kit.faults import Invalid
from reparto.rules.queries import find_version, rule_set_of_version
from reparto.rules.roll_back_rules import roll_back_rules

from ..come_back import come_back
from ..page import Page
from .ask_moves import WouldMove, ask_moves


class VersionRestore(Page):
    """`POST /reglas/versiones/<number>/volver`."""

    action: ClassVar[str] = "rules.manage"

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        """Publish the version's rules as the next version."""
        try:
            ask_moves(rule_set_of_version(find_version(number).number), request, at=self.at)
            version = change_rules(
                lambda: roll_back_rules(number, actor=self.actor, at=self.at), actor=self.actor, at=self.at
            )
        except Invalid as invalid:
            said = gettext("That version cannot come back as it was: %(fault)s")
            return self.refused(said % {"fault": invalid.faults[0].message}, to=come_back(request))
        except WouldMove as asked:
            return self._refuse(asked, number)
        undo = reverse("rule_version_restore", args=[version.number - 1])
        said = gettext("The rules are those of version %(number)d again.") % {"number": number}
        return self.done(said, to=reverse("rules"), undo=undo)

    def _refuse(self, asked: WouldMove, number: int) -> HttpResponse:
        """The question is asked on the version's own page."""
        said = f"{asked.sentence()} {gettext('Confirm it on the page of that version.')}"
        return self.refused(said, to=reverse("rule_version", args=[number]))
