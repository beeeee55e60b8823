"""
The preview in the rule editor: who would have received what in seven days, with the draft as it stands (UX-22).

Beside it: with what is saved, and what happened. Nothing is saved. A company in which more happened is sent to the
simulation.
"""

from datetime import timedelta
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

from reparto.engine import RuleSet
from reparto.kit.faults import Invalid
from reparto.reports.check_period import check_period
from reparto.reports.count_replay import Figures
from reparto.reports.find_left_out import find_left_out
from reparto.reports.replay_history import replay_history
from reparto.reports.show_figures import show_figures
from reparto.rules.freeze_draft import freeze_draft
from reparto.rules.queries import current_rule_set

from ..page import Page
from ..read_id import read_id
from ..rules.read_drafted import named_draft, read_drafted
from .show_result import say_difference, show_people

PERIOD = timedelta(days=7)
#: As many sittings as are replayed while somebody looks at the editor.
MOST = 2_000


class PreviewRule(Page):
    """`POST /reglas/vista-previa`: the editor's form, with its `rule` and `draft`."""

    action: ClassVar[str] = "rules.manage"
    section: ClassVar[str] = "rules"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Replay and answer the box; without htmx a page of its own."""
        rule_id = read_id(request.POST.get("rule", ""))
        context: dict[str, Any] = {"rule": {"id": rule_id or ""}, "may_edit": True}
        try:
            listed = named_draft(request.POST)
            saved = freeze_draft(listed) if listed else current_rule_set()
            context |= self._preview(read_drafted(request.POST), saved, rule_id)
        except Invalid as invalid:
            context["preview_faults"] = [fault.message for fault in invalid.faults]
            context["too_much"] = any(fault.code == "too_much" for fault in invalid.faults)
        if self.by_htmx:
            return self.show_part("simulations/preview.html#box", context)
        return self.show("simulations/preview.html", context)

    def _preview(self, rule_set: RuleSet, saved: RuleSet, rule_id: int) -> dict[str, Any]:
        since, until = self.at - PERIOD, self.at
        check_period(since, until, most=MOST, rule_set=rule_set)
        figures = replay_history(rule_set, since=since, until=until)
        result = show_figures(figures, rule_set=rule_set, since=since, until=until)
        result |= find_left_out(rule_set, figures, at=self.at)
        mine = next((one for one in result["rules"] if one["rule_id"] == rule_id), result["rules"][-1])
        kept = figures if rule_set.rules == saved.rules else replay_history(saved, since=since, until=until)
        return {
            "previewed": True,
            "result": result,
            "people": show_people(_beside(result["people"], kept)),
            "mine": mine,
            "said": say_difference(mine["assigned"] - kept.rules[rule_id]),
            "said_then": say_difference(mine["assigned"] - mine["happened"]),
        }


def _beside(people: list[dict[str, Any]], kept: Figures) -> list[dict[str, Any]]:
    """Say of each person how much more it is than with what is saved; whoever would get it only by that is added."""
    rest = kept.people.keys() - {one["person_id"] for one in people}
    nothing = {"received": 0, "happened": 0, "difference": 0, "mean_wait_seconds": None}
    added = [nothing | {"person_id": one, "name": kept.people[one].name} for one in sorted(rest)]
    return [
        one | {"against_saved": say_difference(one["received"] - _received(kept, one["person_id"]))}
        for one in (*people, *added)
    ]


def _received(figures: Figures, person_id: int) -> int:
    return figures.people[person_id].received if person_id in figures.people else 0
