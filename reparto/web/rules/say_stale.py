"""
What was published since somebody looked, in a line: why an act on the whole list was refused.

It compares nothing.
"""

from django.utils.translation import gettext

from reparto.rules.check_in_force import StaleRules
from reparto.rules.describe_changes import describe_changes

#: Sentences that a line has room for.
SAID = 2


def say_stale(stale: StaleRules) -> str:
    """Return which version is in force by now, and the first of what it changed."""
    said = gettext("Nothing was changed: version %(number)d is in force by now.") % {"number": stale.version}
    found = [one.sentence for one in describe_changes(stale.changes[:SAID])]
    return " ".join([said, *found, *(["…"] if stale.changes[SAID:] else [])])
