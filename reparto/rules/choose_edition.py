"""
Give the company another edition (UP-2). No rule goes on deciding by a criterion that the new one does not have.

It is chosen where the company is run, not by the company itself; the caller holds the desk's lock.
"""

from collections.abc import Sequence
from datetime import datetime

from reparto.kit.audit import record_edit
from reparto.kit.faults import Faults
from reparto.kit.models import Organization
from reparto.kit.organizations import lock_organization
from reparto.kit.read_choice import read_choice
from reparto.people.found_company import EDITIONS

from .models import Rule
from .publish_rules import publish_rules
from .queries import all_rules
from .read_rule import lacks_strategy


class NeedsPro(Exception):
    """Rules choose by criteria that the edition does not have; nothing was changed."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Keep the rules, in their order."""
        super().__init__(f"{len(rules)} rules choose by criteria of the pro edition.")
        self.rules = rules


def choose_edition(edition: str, *, at: datetime, in_turn: bool = False) -> list[Rule]:
    """
    Give the entered company an edition; return the rules, paused ones too, that choose in turn from now on.

    Raises:
        Invalid: There is no such edition.
        NeedsPro: Rules choose by what it does not have, and `in_turn` does not say that they may choose in turn.

    """
    faults = Faults()
    read_choice(edition, path="edition", choices=EDITIONS, faults=faults)
    faults.check()
    organization = lock_organization()
    lacking = [rule for rule in all_rules() if lacks_strategy(rule.strategy, edition=edition)]
    if lacking and not in_turn:
        raise NeedsPro(lacking)
    _store(organization, edition, at)
    for rule in lacking:
        _in_turn(rule, at)
    if lacking:
        publish_rules(actor=None, at=at)
    return lacking


def _store(organization: Organization, edition: str, at: datetime) -> None:
    if organization.edition == edition:
        return
    states = ({"edition": organization.edition}, {"edition": edition})
    organization.edition = edition
    organization.save(update_fields=["edition"])
    record_edit(None, "company.edition", object_kind="organization", object_id=organization.pk, states=states, at=at)


def _in_turn(rule: Rule, at: datetime) -> None:
    states = ({"strategy": rule.strategy}, {"strategy": "round_robin"})
    rule.strategy, rule.version = "round_robin", rule.version + 1
    rule.save(update_fields=["strategy", "version"])
    record_edit(None, "rule.edit", object_kind="rule", object_id=rule.pk, states=states, at=at)
