"""
How many contacts the time-based rules of a list would take from their owners at once if it were put in force now.

It changes nothing, takes no lock, and asks nobody: whoever publishes shows it first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from reparto.contacts.quiet_contacts import count_contacts
from reparto.engine import RuleSet
from reparto.rules.queries import current_rule_set

from .halt_sweep import is_mass
from .late_contacts import late_contacts
from .models import Desk
from .read_limits import Limit, read_limits, time_rules

type Ids = QuerySet[Any, int]


@dataclass(frozen=True, slots=True)
class Moves:
    """What the first sweep would find that is not found by the rules in force."""

    found: int = 0
    of_all: int = 0
    by_rule: Mapping[int, int] = field(default_factory=dict)  #: a contact of several rules counts for each

    @property
    def is_mass(self) -> bool:
        """Whether the sweep stops to ask, too (`halt_sweep`)."""
        return is_mass(self.found, self.of_all)


def foresee_moves(rule_set: RuleSet, *, at: datetime, former: RuleSet | None = None) -> Moves:
    """
    Count them; nothing is asked of the database when no rule of the list waits for a time.

    `former`: the rules in force before, where the list has been put in their place by the running transaction.
    """
    waiting = time_rules(rule_set)
    if not waiting:
        return Moves()
    limits, now = read_limits(waiting, at=at), _found_now(former, at=at)
    found = _but(_together([_ids(limit, at=at) for limit in limits]), now).count()
    if not found:
        return Moves()
    by_rule = {limit.rule.id: _but(_ids(limit, at=at), now).count() for limit in limits}
    return Moves(found, count_contacts(), {rule: number for rule, number in by_rule.items() if number})


def _found_now(former: RuleSet | None, *, at: datetime) -> list[Ids]:
    """What is found already: nothing while the desk does not look, as for rules kept from before it did."""
    if not Desk.objects.filter(late_at__isnull=False).exists():
        return []
    in_force = current_rule_set() if former is None else former
    return [_ids(limit, at=at) for limit in read_limits(time_rules(in_force), at=at)]


def _ids(limit: Limit, *, at: datetime) -> Ids:
    return late_contacts(limit, at=at).order_by().values_list("pk", flat=True)


def _together(found: Sequence[Ids]) -> Ids:
    first, *others = found
    return first.union(*others) if others else first


def _but(found: Ids, others: Sequence[Ids]) -> Ids:
    return found.difference(*others) if others else found
