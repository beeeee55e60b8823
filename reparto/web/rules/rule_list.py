"""The ordered list of rules (UP-3); managers look, administrators change."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

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


class RuleList(RulePage):
    """`/reglas`; for htmx the list alone, so that it stays live (`current` names the open rule)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        current = request.GET.get("current", "")
        context = self.list_context(int(current) if current.isdecimal() and len(current) < 19 else None)
        if self.by_htmx:
            return self.show_part("rules/rules.html", context)
        return self.show("rules/list.html", context)
