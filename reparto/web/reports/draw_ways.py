"""By which ways work was given, as the pieces of one bar and their legend."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from reparto.assignment.describe_decision import ROUTES

#: Ways in the order in which they are drawn; every other one comes after.
ORDER = ("rule", "portfolio", "default_assignees", "flow", "manual", "bulk", "taken")
#: A piece for each of the largest; the rest is one.
TINTS = 3


@dataclass(frozen=True, slots=True)
class Way:
    """One piece."""

    label: str
    count: int
    percent: int
    tint: int  #: of the style sheet
    x: int  #: where it begins, in hundredths of the bar
    width: int


def draw_ways(ways: Mapping[str, int]) -> list[Way]:
    """Return the pieces, the largest way first."""
    whole = sum(ways.values())
    drawn: list[Way] = []
    x = 0
    for place, (way, count) in enumerate(sorted(ways.items(), key=lambda one: (-one[1], _place(one[0]), one[0]))):
        width = round(100 * count / whole)
        drawn.append(Way(_label(way), count, width, min(place, TINTS) + 1, x, width))
        x += width
    return drawn


def _place(way: str) -> int:
    return ORDER.index(way) if way in ORDER else len(ORDER)


def _label(way: str) -> str:
    own = {"rule": gettext("Distribution rules"), "manual": gettext("By hand"), "taken": gettext("Taken by themselves")}
    return own.get(way) or gettext(ROUTES.get(way, way))
