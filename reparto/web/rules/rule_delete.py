"""Delete a rule, after a question: it cannot be undone."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.change_rules import change_rules
from reparto.assignment.read_rule_figures import read_rule_figures
from reparto.rules.delete_rule import delete_rule
from reparto.rules.queries import find_rule

from .rule_page import RulePage
from .show_rules import WEEK


class RuleDelete(RulePage):
    """`/reglas/<id>/eliminar`: the question, and the deletion."""

    action: ClassVar[str] = "rules.manage"

    def get(self, request: HttpRequest, rule_id: int) -> HttpResponse:
        """Ask, with what the rule did lately."""
        rule = find_rule(rule_id)
        figures = read_rule_figures([rule_id], since=self.at - WEEK).get(rule_id)
        context = {"rule": rule, "count": figures.count if figures else 0}
        if self.by_htmx:
            return self.show_part("rules/delete.html#question", context)
        return self.show("rules/delete.html", context)

    def post(self, request: HttpRequest, rule_id: int) -> HttpResponse:
        """Delete it; those after it move up."""
        rule = change_rules(lambda: delete_rule(rule_id, actor=self.actor, at=self.at), actor=self.actor, at=self.at)
        return self.done(gettext("«%(name)s» is deleted.") % {"name": rule.description}, to=reverse("rules"))
