"""
One published version: its rules, and what leads to it from another; a decision's ¿Por qué? leads here.

It changes nothing.
"""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

from reparto.engine import thaw_rule_set
from reparto.people.permissions import may
from reparto.rules.compare_rules import compare_rules
from reparto.rules.describe_changes import describe_changes
from reparto.rules.models import Rule
from reparto.rules.queries import all_rules, all_versions, current_version_number, find_version
from reparto.rules.read_rule_names import read_rule_names
from reparto.rules.rule_labels import choice_labels
from reparto.rules.thaw_rules import list_rules, thaw_rules

from ..page import Page
from .ask_moves import show_moves
from .summarize_rule import summarize_rule
from .who_of_rules import who_of_rules

#: Versions that are offered to be compared with; any other is in the address.
OFFERED = 50


class VersionPage(Page):
    """`/reglas/versiones/<number>`; `?con=<number>` compares it with another one, preset: the one before."""

    action: ClassVar[str] = "rules.view"
    section: ClassVar[str] = "rules"

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show the version."""
        version, current = find_version(number), current_version_number()
        rule_set = thaw_rule_set(version.content)
        rules, may_edit = thaw_rules(rule_set), may(self.actor, "rules.manage")
        other = _number(request.GET.get("con", ""), otherwise=number - 1)
        held = list_rules(thaw_rules(thaw_rule_set(find_version(other).content))) if other else []
        context = {
            "version": version,
            "rules": self._cards(rules),
            "is_current": number == current,
            "current_version": current,
            "other": other,
            "offered": [one for one in all_versions().values_list("number", flat=True)[:OFFERED] if one != number],
            "changes": describe_changes(compare_rules(held, list_rules(rules))),
            "may_edit": may_edit,
            "moves": show_moves(rule_set, at=self.at) if may_edit and number != current else None,
            "tab": "versions",
        }
        return self.show("rules/version.html", context)

    def _cards(self, rules: list[Rule]) -> list[dict[str, Any]]:
        names, who, labels = read_rule_names(rule.filters for rule in rules), who_of_rules(rules), choice_labels()
        there = set(all_rules().values_list("pk", flat=True))
        return [
            {
                "id": rule.pk,
                "position": rule.position,
                "name": rule.description,
                "summary": summarize_rule(rule, names),
                "strategy": labels.get(("strategy", rule.strategy), rule.strategy),
                "who": ", ".join(who[rule.pk]),
                "active": rule.active,
                "is_there": rule.pk in there,
            }
            for rule in rules
        ]


def _number(written: str, *, otherwise: int) -> int:
    return int(written) if written.isdecimal() and len(written) < 9 else otherwise
