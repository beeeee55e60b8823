"""Put the rules in another order (UP-3): dragged, by the keyboard, or by the buttons of a card."""

from collections.abc import Sequence
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from reparto.assignment.change_rules import change_rules
from reparto.kit.faults import Invalid
from reparto.rules.check_in_force import StaleRules
from reparto.rules.queries import all_rules
from reparto.rules.reorder_rules import reorder_rules

from ..come_back import come_back
from ..read_id import read_id
from .rule_page import RulePage
from .say_stale import say_stale


class RuleOrder(RulePage):
    """`POST /reglas/orden`: `order` (all ids), or `move` (`12:up`, `12:down`); `version`: that the list showed."""

    action: ClassVar[str] = "rules.manage"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store the order; what somebody else published meanwhile is not undone by one that does not know of it."""
        wanted = _moved(request.POST["move"]) if "move" in request.POST else _ids(request.POST.getlist("order"))
        seen = read_id(request.POST.get("version", "")) or None
        try:
            change_rules(
                lambda: reorder_rules(wanted, actor=self.actor, at=self.at, if_version=seen),
                actor=self.actor,
                at=self.at,
            )
        except StaleRules as stale:
            return self.show_again(say_stale(stale), status=412)
        except Invalid as invalid:
            return self.show_again(invalid.faults[0].message, status=409)
        part = self.newest() if self.by_htmx else None
        return self.done(gettext("The new order is in force."), to=come_back(request), part=part)


def _ids(written: Sequence[str]) -> list[int]:
    return [int(one) for one in written if one.isdecimal() and len(one) < 19]


def _moved(move: str) -> list[int]:
    order = [rule.pk for rule in all_rules()]
    written, _, way = move.partition(":")
    step = {"up": -1, "down": 1}.get(way, 0)
    for place, rule_id in enumerate(order):
        if str(rule_id) == written and 0 <= place + step < len(order):
            order.insert(place + step, order.pop(place))
            break
    return order
