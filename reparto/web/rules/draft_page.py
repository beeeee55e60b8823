"""
One draft: its list, what stands in the way of publishing it, what publishing would change, what no rule takes.

It publishes nothing; `DraftPublish` does.
"""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from reparto.kit.faults import Fault, Faults, Invalid
from reparto.rules.check_rule_set import check_rule_set
from reparto.rules.compare_rules import compare_rules
from reparto.rules.describe_changes import describe_changes
from reparto.rules.edit_draft import edit_draft
from reparto.rules.find_gap import DAYS, find_gap
from reparto.rules.publish_draft import changes_since
from reparto.rules.queries import all_rules, current_version_number
from reparto.rules.thaw_rules import list_rules, rules_of_list

from .draft_shelf import DraftShelf


class DraftPage(DraftShelf):
    """`/reglas/borradores/<id>`; for htmx the list alone; POST gives it another `name`."""

    post_action: ClassVar[str] = "rules.manage"

    def get(self, request: HttpRequest, draft_id: int) -> HttpResponse:
        """Show the draft."""
        if self.by_htmx:
            current = request.GET.get("current", "")
            opened = int(current) if current.isdecimal() and len(current) < 19 else None
            return self.show_part("rules/rules.html", self.list_context(opened))
        return self.draw()

    def post(self, request: HttpRequest, draft_id: int) -> HttpResponse:
        """Call it otherwise."""
        try:
            edit_draft(draft_id, {"name": request.POST.get("name", "")}, actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self.draw(status=422, name_fault=invalid.faults[0].message)
        return self.done(gettext("The draft has its new name."), to=self.shelf.url("rules"))

    def draw(self, *, status: int = 200, **more: Any) -> HttpResponse:
        """Answer the page."""
        return self.show("rules/draft.html", self.list_context() | self._judged() | more, status=status)

    def _judged(self) -> dict[str, Any]:
        rules, faults, current = rules_of_list(self.draft.content), Faults(), current_version_number()
        check_rule_set(rules, faults)
        stale = current != self.draft.base_version
        return {
            "wrong": [self._named(fault) for fault in faults.found],
            "current_version": current,
            "meanwhile": describe_changes(changes_since(self.draft)) if stale else (),
            "stale": stale,
            "changes": describe_changes(compare_rules(list_rules(all_rules()), self.draft.content)),
            "gap": find_gap(rules, at=self.at),
            "days": DAYS,
        }

    def _named(self, fault: Fault) -> dict[str, str]:
        """Return a fault with the rule in which it is."""
        place = int(fault.path.removeprefix("rules[").partition("]")[0])
        rule = self.draft.content[place]
        return {
            "message": fault.message,
            "name": f"{place + 1} · {rule['description']}",
            "url": self.shelf.url("rule", rule_id=rule["id"]),
        }
