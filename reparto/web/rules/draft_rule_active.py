"""Switch a rule of a draft on or off."""

from django.http import HttpRequest

from .change_list import Listed, place_of
from .draft_rule_act import DraftRuleAct


class DraftRuleActive(DraftRuleAct):
    """`POST /reglas/borradores/<id>/<rule>/activa`: `set` (on, off) from the menu, else the switch `active-<rule>`."""

    def change(self, listed: Listed, request: HttpRequest) -> Listed:
        """Pause or activate."""
        rule_id = self.kwargs["rule_id"]
        place = place_of(listed, rule_id)
        wanted = request.POST.get("set") or request.POST.get(f"active-{rule_id}", "off")
        return [*listed[:place], {**listed[place], "active": wanted == "on"}, *listed[place + 1 :]]
