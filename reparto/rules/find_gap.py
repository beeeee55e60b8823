"""
Contacts of late that no rule takes: the gap between the rules, of a list in force or of a draft (BY-8).

Judged as they are now, and only by the rules for what arrives; nothing is written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from reparto.contacts.filter_contacts import filter_contacts
from reparto.contacts.models import Contact
from reparto.contacts.newest_arrivals import newest_arrivals
from reparto.engine import All, Any, BadFilter, Leaf, Node, Not, parse_filter

from .models import Rule

#: How far back, and how many at most, one looks.
DAYS = 7
MOST = 1000


@dataclass(frozen=True, slots=True)
class Gap:
    """How many of how many contacts no rule takes, and the newest of them."""

    count: int
    of: int
    newest: tuple[Contact, ...]


def find_gap(rules: Iterable[Rule], *, at: datetime, days: int = DAYS, shown: int = 3) -> Gap:
    """Return the gap of the active rules over what arrived in the last days, newest first (two queries)."""
    arrived = newest_arrivals(since=at - timedelta(days=days), most=MOST)
    taken = tuple(_takes(rule) for rule in rules if rule.active and rule.trigger == "web_integration")
    missed = list(filter_contacts(arrived, Not(Any(taken)), at=at).order_by("-id"))
    return Gap(len(missed), arrived.count(), tuple(missed[:shown]))


def _takes(rule: Rule) -> Node:
    try:
        asked = parse_filter(rule.filters)
    except BadFilter:
        # It is passed over, so it takes nobody.
        asked = Any()
    return All((Leaf("kind", "choice", "is", rule.entity), asked))
