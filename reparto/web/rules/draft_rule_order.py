"""Put the rules of a draft in another order: dragged, by the keyboard, or by the buttons of a card."""

from django.http import HttpRequest

from ..read_id import read_id
from .change_list import Listed, place_of
from .draft_rule_act import DraftRuleAct


class DraftRuleOrder(DraftRuleAct):
    """`POST /reglas/borradores/<id>/orden`: `order` (all ids), or `move` (`12:up`, `12:down`); `version`: as shown."""

    @property
    def seen(self) -> int | None:
        """The version whose order was changed."""
        return read_id(self.request.POST.get("version", "")) or None

    def change(self, listed: Listed, request: HttpRequest) -> Listed:
        """Return the list in its new order; ids that are not in it stand where they were."""
        if "move" in request.POST:
            return _moved(listed, request.POST["move"])
        wanted = {written: place for place, written in enumerate(request.POST.getlist("order"))}
        return sorted(listed, key=lambda rule: wanted.get(str(rule["id"]), len(wanted)))


def _moved(listed: Listed, move: str) -> Listed:
    written, _, way = move.partition(":")
    order, step = list(listed), {"up": -1, "down": 1}.get(way, 0)
    place = place_of(listed, int(written) if written.isdecimal() and len(written) < 19 else 0)
    if 0 <= place + step < len(order):
        order.insert(place + step, order.pop(place))
    return order
