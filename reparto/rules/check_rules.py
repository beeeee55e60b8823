"""
What has become wrong with stored rules since they were written: nobody left to assign to, a field that is gone.

Such a rule is shown as misconfigured and passed over by the engine (EC-8); nothing is changed here.
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext

from reparto.kit.faults import Fault, Faults
from reparto.people.queries import people_by_group, working_people

from .models import Rule
from .read_rule import read_rule
from .show_rule import show_rule


def check_rules(rules: Iterable[Rule], *, edition: str = "pro") -> dict[int, tuple[Fault, ...]]:
    """Return the faults of each rule that has any, by its id; paths are those of the rule."""
    listed = list(rules)
    able, members = working_people(), people_by_group()
    found = {rule.pk: _faults(rule, edition, able, members) for rule in listed}
    return {rule_id: faults for rule_id, faults in found.items() if faults}


def _faults(rule: Rule, edition: str, able: set[int], members: Mapping[int, set[int]]) -> tuple[Fault, ...]:
    faults = Faults()
    read_rule(show_rule(rule), edition=edition, faults=faults)
    behind: set[int] = set()
    for target in rule.assign_to:
        behind |= {target["person_id"]} if "person_id" in target else members.get(target["group_id"], set())
    if rule.assign_to and not behind & able:
        faults.add("assign_to", "nobody_left", gettext("Nobody of this list works here any more."))
    return tuple(faults.found)
