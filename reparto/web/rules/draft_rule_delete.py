"""Take a rule out of a draft; in force it stays until the draft is published."""

from django.http import HttpRequest
from django.utils.translation import gettext

from .change_list import Listed, place_of
from .draft_rule_act import DraftRuleAct


class DraftRuleDelete(DraftRuleAct):
    """`POST /reglas/borradores/<id>/<rule>/eliminar`."""

    def change(self, listed: Listed, request: HttpRequest) -> Listed:
        """Take it out."""
        place = place_of(listed, self.kwargs["rule_id"])
        return [*listed[:place], *listed[place + 1 :]]

    def said(self, listed: Listed, request: HttpRequest) -> str:
        """Say that nothing else happened."""
        return gettext("The rule is out of the draft; what is in force stays as it is.")
