"""
What every page of the rules has: the list on the left, and its place in the sidebar.

It is no page by itself.
"""

from typing import Any, ClassVar

from reparto.people.permissions import may
from reparto.rules.queries import all_rules

from ..page import Page
from .shelf import LIVE, Shelf
from .show_halt import show_halt
from .show_rules import show_rules


class RulePage(Page):
    """What every page of the rules has: the list on the left."""

    action: ClassVar[str] = "rules.view"
    section: ClassVar[str] = "rules"

    @property
    def shelf(self) -> Shelf:
        """Where the list on the left stands."""
        return LIVE

    def list_context(self, current: int | None = None) -> dict[str, Any]:
        """Return the list, the rule that is open marked."""
        may_edit = may(self.actor, "rules.manage")
        listed = list(all_rules())
        return {
            "rules": show_rules(listed, at=self.at, may_edit=may_edit),
            "halt": show_halt(listed) if may_edit else None,
            "may_edit": may_edit,
            "current": current,
            "shelf": addresses(self.shelf),
            "tab": "live",
        }


def addresses(shelf: Shelf) -> dict[str, str]:
    """Return the addresses that the list itself needs."""
    return {
        "listing": shelf.url("rules"),
        "order": shelf.url("rule_order"),
        "new": shelf.url("rule_new"),
        "draft": str(shelf.kwargs.get("draft_id", "")),
    }
