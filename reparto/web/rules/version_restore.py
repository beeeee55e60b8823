"""Go back to an earlier version in one step; the toast takes it back."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.change_rules import change_rules
from reparto.kit.faults import Invalid
from reparto.rules.check_in_force import StaleRules
from reparto.rules.queries import find_version, rule_set_of_version
from reparto.rules.roll_back_rules import roll_back_rules

from ..come_back import come_back
from ..page import Page
from ..read_id import read_id
from .ask_moves import WouldMove, ask_moves
from .say_stale import say_stale
from .undo_of_version import undo_of_version


class VersionRestore(Page):
    """`POST /reglas/versiones/<number>/volver`; `over`, also in the address of an undo: in force as the page showed."""

    action: ClassVar[str] = "rules.manage"

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        """Publish the version's rules as the next version, unless others were published that nobody here has seen."""
        over = read_id(request.POST.get("over") or request.GET.get("over", "")) or None
        try:
            ask_moves(rule_set_of_version(find_version(number).number), request, at=self.at)
            version = change_rules(
                lambda: roll_back_rules(number, actor=self.actor, at=self.at, over=over), actor=self.actor, at=self.at
            )
        except StaleRules as stale:
            # There it can be seen against what is in force, and done knowingly.
            to = f"{reverse('rule_version', args=[number])}?con={stale.version}"
            return self.refused(say_stale(stale), to=to, status=412)
        except Invalid as invalid:
            said = gettext("That version cannot come back as it was: %(fault)s")
            return self.refused(said % {"fault": invalid.faults[0].message}, to=come_back(request))
        except WouldMove as asked:
            return self._refuse(asked, number)
        undo = undo_of_version(version)
        said = gettext("The rules are those of version %(number)d again.") % {"number": number}
        return self.done(said, to=reverse("rules"), undo=undo)

    def _refuse(self, asked: WouldMove, number: int) -> HttpResponse:
        """The question is asked on the version's own page."""
        said = f"{asked.sentence()} {gettext('Confirm it on the page of that version.')}"
        return self.refused(said, to=reverse("rule_version", args=[number]))
