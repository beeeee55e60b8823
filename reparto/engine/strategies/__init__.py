"""
How one of the eligible is chosen, a file each. A strategy sees only people who may receive, and never who they are.

Every tie ends in a stated order, so a choice never depends on the order in which rows came from the database.
"""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from reparto.engine import reasons
from reparto.engine.shapes import Strategy
from reparto.engine.strategies.close_rate import close_rate
from reparto.engine.strategies.eligible import Choice, Eligible
from reparto.engine.strategies.followup_speed import followup_speed
from reparto.engine.strategies.least_loaded import least_loaded
from reparto.engine.strategies.round_robin import round_robin
from reparto.engine.strategies.weighted import weighted

__all__ = ["STRATEGIES", "Choice", "Eligible", "Way"]


class Way(NamedTuple):
    """A strategy, and what it says of the chosen and of the other eligible people."""

    choose: Callable[[Eligible], Choice]
    chosen: str
    passed_over: str


STRATEGIES: Final[Mapping[Strategy, Way]] = {
    "round_robin": Way(round_robin, reasons.NEXT_IN_TURN, reasons.NOT_THEIR_TURN),
    "close_rate": Way(close_rate, reasons.BEST_OF_ROUND, reasons.LATER_IN_ROUND),
    "followup_speed": Way(followup_speed, reasons.BEST_OF_ROUND, reasons.LATER_IN_ROUND),
    "least_loaded": Way(least_loaded, reasons.LEAST_LOADED, reasons.NOT_LEAST_LOADED),
    "weighted": Way(weighted, reasons.NEXT_BY_WEIGHT, reasons.NOT_NEXT_BY_WEIGHT),
}
