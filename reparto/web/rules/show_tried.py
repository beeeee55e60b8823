"""
A trial as `rules/try.html` draws it: what the rules would do, in the shape of ¿Por qué?, and what stands before them.

It decides nothing.
"""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext

from reparto.assignment.describe_decision import describe_decision
from reparto.assignment.models import Decision
from reparto.assignment.read_names import read_names
from reparto.assignment.try_contact import Tried
from reparto.engine import RuleSet


def show_tried(tried: Tried, rule_set: RuleSet) -> dict[str, Any]:
    """Return {why, standing} of a trial of these rules: `standing` is "" when they would be asked anyway."""
    card = describe_decision(tried.by_rules, rule_set=rule_set)
    if tried.by_rules.outcome == "assigned":
        card = replace(card, title=gettext("It would go to %(names)s") % {"names": _names(tried.by_rules)})
    return {"why": replace(card, next_try=""), "standing": _standing(tried.as_it_stands)}


def _standing(decision: Decision) -> str:
    if decision.outcome == "stays":
        said = gettext("As it stands no rule is asked: its conversation stays with %(names)s.")
    elif decision.route in ("portfolio", "flow", "default_assignees"):
        said = gettext("As it stands no rule is asked: it belongs to %(names)s. This is what the rules would do alone.")
    else:
        return ""
    return said % {"names": _names(decision)}


def _names(decision: Decision) -> str:
    names = read_names([decision])
    said = [names.person(one) for one in decision.person_ids] + [
        names.groups.get(one, "") for one in decision.group_ids
    ]
    return ", ".join(one for one in said if one) or gettext("nobody")
