"""The published versions of the rules: who, when, how many rules, what changed."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

from reparto.engine import thaw_rule_set
from reparto.people.permissions import may
from reparto.rules.compare_rules import Change, compare_rules
from reparto.rules.describe_changes import SaidChange, describe_changes
from reparto.rules.models import RuleSetVersion
from reparto.rules.queries import all_versions, current_version_number
from reparto.rules.thaw_rules import list_rules, thaw_rules

from ..page import Page

ROWS = 25
#: Sentences in a row; the others are on the version's own page.
SAID = 2


class VersionList(Page):
    """`/reglas/versiones`; `?antes=<number>` for older ones."""

    action: ClassVar[str] = "rules.view"
    section: ClassVar[str] = "rules"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the versions, newest first."""
        written = request.GET.get("antes", "")
        versions = all_versions()
        if written.isdecimal() and len(written) < 9:
            versions = versions.filter(number__lt=int(written))
        found = list(versions[: ROWS + 1])
        context = {
            "versions": show_versions(found)[:ROWS],
            "older": found[ROWS - 1].number if len(found) > ROWS else None,
            "current_version": current_version_number(),
            "may_edit": may(self.actor, "rules.manage"),
            "tab": "versions",
        }
        return self.show("rules/versions.html", context)


def show_versions(versions: Sequence[RuleSetVersion]) -> list[dict[str, Any]]:
    """Return the rows; of the oldest it is only known what changed if it is the first of all."""
    held = [list_rules(thaw_rules(thaw_rule_set(version.content))) for version in versions]
    changes = [compare_rules(former, later) for later, former in zip(held, [*held[1:], []], strict=True)]
    said = _said(changes)
    return [
        {
            "version": version,
            "rules": len(rules),
            "paused": sum(not rule["active"] for rule in rules),
            "said": lines[:SAID],
            "more": len(lines[SAID:]),
        }
        for version, rules, lines in zip(versions, held, said, strict=True)
    ]


def _said(changes: Sequence[tuple[Change, ...]]) -> list[list[SaidChange]]:
    """Say all of them at once, for the names cost the same, and deal them out again."""
    said = iter(describe_changes([one for group in changes for one in group]))
    return [[next(said) for _ in group] for group in changes]
