"""
Refuse a period that makes no sense, or that is too much to be replayed while somebody waits for the answer.

It reads how much there is, and nothing of it.
"""

from datetime import datetime

from django.utils.translation import gettext

from reparto.assignment.read_limits import time_rules
from reparto.assignment.read_sittings import find_period
from reparto.contacts.quiet_contacts import count_contacts
from reparto.engine import RuleSet
from reparto.kit.faults import Faults

#: Sittings that are replayed at once, in a few seconds; more is for a job in the background.
MOST_AT_ONCE = 5_000
#: Contacts that are lived through at once.
MOST_CONTACTS = 10_000


def check_period(
    since: datetime, until: datetime, *, most: int | None = MOST_AT_ONCE, rule_set: RuleSet | None = None
) -> None:
    """
    Return if the period can be replayed at once, by these rules; with no limit to how much it has if `most` is None.

    Raises:
        Invalid: It ends before it begins, or has too much.

    """
    faults = Faults()
    if since >= until:
        faults.add("until", "not_after", gettext("This has to be after the beginning."))
    elif most is not None and (find_period(since, until).count > most or _lives_through_many(rule_set)):
        faults.add("since", "too_much", gettext("Too much happened in this time for one answer; ask for less of it."))
    faults.check()


def _lives_through_many(rule_set: RuleSet | None) -> bool:
    """Rules that wait for a time are asked of all contacts, whatever happened."""
    return rule_set is not None and bool(time_rules(rule_set)) and count_contacts() > MOST_CONTACTS
