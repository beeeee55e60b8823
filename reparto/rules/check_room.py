"""
Refuse one rule more than a list may have: checking and judging stay short, and a draft of the list can be saved.

A list that has more already may be edited, ordered and made shorter.
"""

from django.utils.translation import gettext

from reparto.kit.faults import Faults

from .queries import all_rules

MOST_RULES = 200


def check_room() -> None:
    """Raise Invalid when the list in force is full; the caller holds the organization's lock."""
    faults = Faults()
    if all_rules().count() >= MOST_RULES:
        note_too_many(faults)
    faults.check()


def note_too_many(faults: Faults) -> None:
    """Note that a list has more rules than it may."""
    faults.add("rules", "too_many", gettext("A list may have %(limit)d rules at most.") % {"limit": MOST_RULES})
