"""Copy a rule of a draft: the copy stands behind it, paused."""

from django.http import HttpRequest
from django.utils.translation import gettext

from reparto.rules.duplicate_rule import name_of_copy

from .change_list import Listed, place_of
from .draft_rule_act import DraftRuleAct


class DraftRuleCopy(DraftRuleAct):
    """`POST /reglas/borradores/<id>/<rule>/duplicar`."""

    def change(self, listed: Listed, request: HttpRequest) -> Listed:
        """Add the copy."""
        place = place_of(listed, self.kwargs["rule_id"])
        former = listed[place]
        copy = {**former, "id": None, "description": name_of_copy(former["description"]), "active": False}
        return [*listed[: place + 1], copy, *listed[place + 1 :]]

    def said(self, listed: Listed, request: HttpRequest) -> str:
        """Name the copy."""
        copy = listed[place_of(listed, self.kwargs["rule_id"]) + 1]
        return gettext("«%(name)s» is a copy, paused until you switch it on.") % {"name": copy["description"]}
