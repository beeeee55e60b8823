"""
What every page of the rules has: the list on the left, and its place in the sidebar.

It is no page by itself.
"""

from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpResponse

from reparto.people.permissions import may
from reparto.rules.queries import current_version_number, rules_in_force

from ..page import Page
from ..read_id import read_id
from ..say_toast import say_toast
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
        listed, version = rules_in_force()
        return {
            "rules": show_rules(listed, at=self.at, may_edit=may_edit),
            "halt": show_halt(listed) if may_edit else None,
            "may_edit": may_edit,
            "current": current,
            "shelf": addresses(self.shelf),
            "tab": "live",
            "list_version": version,
        }

    def list_version(self) -> int:
        """Return the version of the list as it stands; whoever orders it sends it along."""
        return current_version_number()

    def newest(self) -> HttpResponse:
        """Answer the list's version alone: who moves one rule after the other does not wait for the list."""
        context = {"list_version": self.list_version(), "out_of_band": True}
        return self.show_part("rules/rules.html#version", context)

    def show_again(self, said: str, *, status: int) -> HttpResponse:
        """Refuse an act on the list: what it is stands again where something else was shown already."""
        if not self.by_htmx:
            return self.refused(said, to=self.shelf.url("rules"), status=status)
        current = read_id(self.request.POST.get("current", "")) or None
        listed = self.show_part("rules/rules.html", self.list_context(current), status=status)
        listed["HX-Retarget"], listed["HX-Reswap"] = "#rules", "outerHTML"
        transaction.set_rollback(True)
        return say_toast(listed, said, kind="error")


def addresses(shelf: Shelf) -> dict[str, str]:
    """Return the addresses that the list itself needs."""
    return {
        "listing": shelf.url("rules"),
        "order": shelf.url("rule_order"),
        "new": shelf.url("rule_new"),
        "draft": str(shelf.kwargs.get("draft_id", "")),
    }
