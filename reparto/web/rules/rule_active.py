"""Switch a rule on or off: by the switch of its card, or by its menu."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.change_rules import change_rules
from reparto.engine import RuleSet
from reparto.rules.edit_rule import edit_rule
from reparto.rules.publish_rules import freeze_rule
from reparto.rules.queries import all_rules

from ..come_back import come_back
from ..page import Page
from .ask_moves import WouldMove, ask_moves


class RuleActive(Page):
    """`POST /reglas/<id>/activa`: `set` (on, off) from the menu, `?to=` from an undo, else the switch `active-<id>`."""

    action: ClassVar[str] = "rules.manage"

    def post(self, request: HttpRequest, rule_id: int) -> HttpResponse:
        """Pause or activate; the list redraws itself when it hears of it."""
        wanted = request.GET.get("to") or request.POST.get("set") or request.POST.get(f"active-{rule_id}", "off")
        active = wanted == "on"
        try:
            if active:
                ask_moves(_switched_on(rule_id), request, at=self.at)
        except WouldMove as asked:
            return self._refuse(asked, rule_id)
        rule = change_rules(
            lambda: edit_rule(rule_id, {"active": active}, actor=self.actor, at=self.at),
            actor=self.actor,
            at=self.at,
        )
        said = gettext("«%(name)s» is active.") if active else gettext("«%(name)s» is paused.")
        undo = f"{reverse('rule_active', args=[rule_id])}?to={'off' if active else 'on'}"
        part = HttpResponse(status=200) if self.by_htmx else None
        return self.done(said % {"name": rule.description}, to=come_back(request), undo=undo, part=part)

    def _refuse(self, asked: WouldMove, rule_id: int) -> HttpResponse:
        """The question is asked where the rule is saved."""
        said = f"{asked.sentence()} {gettext('Open the rule, switch it on there and save: it asks first.')}"
        return self.refused(said, to=reverse("rule", args=[rule_id]))


def _switched_on(rule_id: int) -> RuleSet:
    rules = list(all_rules())
    for rule in rules:
        rule.active = rule.active or rule.pk == rule_id
    return RuleSet(rules=tuple(freeze_rule(rule) for rule in rules))
