"""
What every page of a draft has: its list on the left, with its own addresses.

It is no page by itself.
"""

from functools import cached_property
from typing import Any, ClassVar

from reparto.people.permissions import check
from reparto.rules.models import RuleSetDraft
from reparto.rules.queries import find_draft
from reparto.rules.thaw_rules import rules_of_list

from .rule_page import RulePage, addresses
from .shelf import Shelf, shelf_of_draft
from .show_rules import show_rules


class DraftShelf(RulePage):
    """What every page of a draft has; the draft is the one of the address."""

    action: ClassVar[str] = "rules.manage"

    @cached_property
    def draft(self) -> RuleSetDraft:
        """The draft. Raises UnknownDraft."""
        check(self.actor, "rules.manage")
        return find_draft(self.kwargs["draft_id"])

    @property
    def shelf(self) -> Shelf:
        """Where the draft's list stands."""
        return shelf_of_draft(self.kwargs["draft_id"])

    def list_context(self, current: int | None = None) -> dict[str, Any]:
        """Return the draft's list, the rule that is open marked."""
        rules = show_rules(rules_of_list(self.draft.content), at=self.at, may_edit=True, shelf=self.shelf)
        listed = {"rules": rules, "may_edit": True, "current": current, "tab": "drafts", "draft": self.draft}
        return listed | {"shelf": addresses(self.shelf), "list_version": self.draft.version}

    def list_version(self) -> int:
        """Return the draft's edit counter."""
        return self.draft.version
