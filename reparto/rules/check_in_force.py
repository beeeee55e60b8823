"""
The version in force, against the one that the caller last saw: a change of the whole list undoes nothing unseen.

It locks nothing; whoever asks holds the organization's lock.
"""

from .compare_rules import Change, compare_rules
from .queries import UnknownVersion, all_rules, current_version_number, rule_set_of_version
from .thaw_rules import list_rules, thaw_rules


class StaleRules(Exception):
    """Other rules were published since the caller looked; nothing was changed."""

    def __init__(self, version: int, changes: tuple[Change, ...]) -> None:
        """Keep the version in force, and what led to it from the one that the caller knows."""
        super().__init__(f"Version {version} is in force by now.")
        self.version, self.changes = version, changes


def check_in_force(seen: int | None, *, since: int | None = None) -> None:
    """Raise StaleRules unless the version seen is in force, or none is named; what changed is told `since` or seen."""
    current = current_version_number()
    if seen is not None and seen != current:
        raise StaleRules(current, changes_since(seen if since is None else since))


def changes_since(version: int) -> tuple[Change, ...]:
    """Return what has become of the list since a version; nothing when there never was such a one."""
    try:
        base = list_rules(thaw_rules(rule_set_of_version(version)))
    except UnknownVersion:
        return ()
    return compare_rules(base, list_rules(all_rules()))
