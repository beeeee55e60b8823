"""
Replay history through rules out of a file, for the command line: a list of rules, or one among those in force.

It opens a transaction of its own, in which nothing can be written.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from reparto.engine import RuleSet
from reparto.kit.clock import now
from reparto.kit.faults import Faults, Invalid
from reparto.kit.organizations import this_organization
from reparto.people.enter_company import enter_company
from reparto.rules.publish_rules import freeze_rule
from reparto.rules.read_rule_list import read_rule_list
from reparto.rules.thaw_rules import rules_of_list

from .check_period import check_period
from .find_left_out import find_left_out
from .replay_history import replay_history
from .show_figures import show_figures


def simulate_rules(written: Any, *, since: datetime, until: datetime, email: str | None = None) -> dict[str, Any]:
    """
    Return the figures of a period as it would have been with these rules; `email` says whose company.

    Raises:
        UnknownCompany: Nobody signs in with the e-mail; or none was given, and there are several companies.
        Invalid: Something is wrong with the rules or the period; has all faults.

    """
    with transaction.atomic():
        enter_company(email)
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        check_period(since, until, most=None)
        rule_set = read_rules(written)
        figures = replay_history(rule_set, since=since, until=until, at=now())
        shown = show_figures(figures, rule_set=rule_set, since=since, until=until)
        return shown | find_left_out(rule_set, figures, at=now())


def read_rules(written: Any) -> RuleSet:
    """
    Return a whole list of rules as `POST /rules/preview` takes it, `[…]` or `{"rules": […]}`.

    Raises:
        Invalid: Something is wrong with it; has all faults.

    """
    faults = Faults()
    listed = _listed(written)
    if listed is None:
        faults.add("rules", "not_a_list", 'Write a list of rules: [...] or {"rules": [...]}.')
        raise Invalid(tuple(faults.found))
    ids = [one.get("id") for one in listed]
    bare = [{name: value for name, value in one.items() if name not in ("id", "position", "version")} for one in listed]
    values = read_rule_list(bare, edition=this_organization().edition, faults=faults)
    faults.check()
    shown = [{"id": ids[place] or -place - 1, **one} for place, one in enumerate(values)]
    return RuleSet(rules=tuple(freeze_rule(rule) for rule in rules_of_list(shown)))


def _listed(written: Any) -> list[Mapping[str, Any]] | None:
    listed = written.get("rules") if isinstance(written, Mapping) else written
    return listed if isinstance(listed, list) and all(isinstance(one, Mapping) for one in listed) else None
