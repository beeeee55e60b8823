"""
The address that takes a publication back, while nobody has published anything else.

It takes nothing back; `VersionRestore` does.
"""

from django.urls import reverse

from reparto.rules.models import RuleSetVersion


def undo_of_version(version: RuleSetVersion) -> str:
    """Return where to go back to the version before; nowhere from the first."""
    if version.number == 1:
        return ""
    return f"{reverse('rule_version_restore', args=[version.number - 1])}?over={version.number}"
