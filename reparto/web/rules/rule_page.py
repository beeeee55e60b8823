"""
What every page of the rules has: the list on the left, and its place in the sidebar.

It is no page by itself.
"""

from typing import Any, ClassVar

from reparto.people.permissions import may

from ..page import Page
from .show_rules import show_rules


class RulePage(Page):
    """What every page of the rules has: the list on the left."""

    action: ClassVar[str] = "rules.view"
    section: ClassVar[str] = "rules"

    def list_context(self, current: int | None = None) -> dict[str, Any]:
        """Return the list, the rule that is open marked."""
        may_edit = may(self.actor, "rules.manage")
        return {"rules": show_rules(at=self.at, may_edit=may_edit), "may_edit": may_edit, "current": current}
