"""
What a draft's page shows besides its list: what stands in the way, what publishing changes, whom no rule takes.

It is no page by itself.
"""

from typing import Any

from django.http import HttpResponse

from reparto.kit.faults import Fault, Faults
from reparto.rules.check_in_force import changes_since
from reparto.rules.check_rule_set import check_rule_set
from reparto.rules.compare_rules import compare_rules
from reparto.rules.describe_changes import describe_changes
from reparto.rules.find_gap import DAYS, find_gap
from reparto.rules.freeze_draft import freeze_draft
from reparto.rules.note_edition import note_edition
from reparto.rules.queries import all_rules, current_version_number
from reparto.rules.thaw_rules import list_rules, rules_of_list

from .ask_moves import show_moves
from .draft_shelf import DraftShelf


class JudgedDraft(DraftShelf):
    """A draft with all that is to be known before it is published."""

    def draw(self, *, status: int = 200, **more: Any) -> HttpResponse:
        """Answer the page."""
        return self.show("rules/draft.html", self.all_of_it() | more, status=status)

    def all_of_it(self) -> dict[str, Any]:
        """Return the list and what is to be known of it."""
        return self.list_context() | self._judged()

    def _judged(self) -> dict[str, Any]:
        rules, faults, current = rules_of_list(self.draft.content), Faults(), current_version_number()
        note_edition(self.draft.content, faults)
        check_rule_set(rules, faults, at=self.at)
        stale = current != self.draft.base_version
        return {
            "wrong": [self._named(fault) for fault in faults.found],
            "current_version": current,
            "meanwhile": describe_changes(changes_since(self.draft.base_version)) if stale else (),
            "stale": stale,
            "moves": None if faults.found else show_moves(freeze_draft(self.draft), at=self.at),
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
