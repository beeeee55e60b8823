"""
Entries by hour of the day as columns, drawn on the server: no script, and colours from the style sheet.

Labels are text beside the drawing, not in it, so that they grow with the reader's letters.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format

from reparto.reports.figures import Entries
from reparto.reports.measure_fairness import Hour

#: Units of the drawing: it is stretched to its place.
HEIGHT, COLUMN = 100, 10
#: Steps of the scale, times powers of ten.
STEPS = (1, 2, 5, 10)
MOST_TICKS = 4
LEAST = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One hour: two pieces upon each other, and how many were there."""

    hour: int
    x: int
    at_once: int  #: height, in units
    waited: int
    figures: Hour
    present: str
    thin: bool  #: some waited, and fewer were there than on average


@dataclass(frozen=True, slots=True)
class HoursChart:
    """The columns with their scale."""

    columns: tuple[Column, ...]
    ticks: tuple[int, ...]  #: from the top down, 0 last
    lines: tuple[int, ...]  #: their heights, from the top, without that of 0
    width: int


def draw_hours(hours: Sequence[Hour]) -> HoursChart | None:
    """Return the chart; None when nothing came in."""
    most = max((hour.entries.arrived for hour in hours), default=0)
    if not most:
        return None
    hours, ticks = _padded(hours), _ticks(most)
    seen = [hour.present for hour in hours if hour.present is not None]
    mean = sum(seen) / len(seen) if seen else 0.0
    return HoursChart(
        columns=tuple(_column(place, hour, top=ticks[0], mean=mean) for place, hour in enumerate(hours)),
        ticks=ticks,
        lines=tuple(HEIGHT - HEIGHT * tick // ticks[0] for tick in ticks[:-1]),
        width=COLUMN * len(hours),
    )


def _padded(hours: Sequence[Hour]) -> Sequence[Hour]:
    """Return at least so many hours that a column stays a column."""
    last = min(hours[0].hour + LEAST, 24)
    first = min(hours[0].hour, max(last - LEAST, 0))
    known = {hour.hour: hour for hour in hours}
    whole = range(first, max(last, hours[-1].hour + 1))
    return [known.get(hour) or Hour(hour, Entries(), None) for hour in whole]


def _column(place: int, hour: Hour, *, top: int, mean: float) -> Column:
    whole = round(HEIGHT * hour.entries.arrived / top)
    at_once = round(HEIGHT * hour.entries.at_once / top)
    return Column(
        hour=hour.hour,
        x=COLUMN * place,
        at_once=at_once,
        waited=whole - at_once,
        figures=hour,
        present="–" if hour.present is None else number_format(round(hour.present, 1), use_l10n=True),
        thin=hour.present is not None and hour.entries.waited > 0 and hour.present < mean,
    )


def _ticks(most: int) -> tuple[int, ...]:
    """Return round numbers from the first that no column passes down to 0, a few of them."""
    power = 1
    while True:
        for step in STEPS:
            count = -(-most // (step * power))
            if count <= MOST_TICKS:
                return tuple(step * power * place for place in range(count, -1, -1))
        power *= 10
