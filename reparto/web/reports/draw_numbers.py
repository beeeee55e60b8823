"""The large numbers on top, each against the period before."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext

from reparto.reports.figures import Entries, Given
from reparto.reports.measure_fairness import FairnessReport
from reparto.reports.measure_pulse import Pulse

from .say_duration import say_duration


@dataclass(frozen=True, slots=True)
class Number:
    """One of them."""

    label: str
    said: str
    meaning: str
    change: str = ""  #: against the period before; "" when there is nothing to hold it against
    better: bool = False


def draw_numbers(report: FairnessReport, before: Pulse) -> list[Number]:
    """Return time to assignment, time to the first follow-up, and fairness."""
    return [
        _time(gettext("Time to assignment"), report.entries, before.entries),
        _time(gettext("First follow-up"), report.given, before.given),
        _index(report.index, before.index),
    ]


def _time(label: str, now: Entries | Given, before: Entries | Given) -> Number:
    median, p90, former = now.median_seconds, now.p90_seconds, before.median_seconds
    if median is None:
        return Number(label, "–", gettext("Nothing in this period"))
    meaning = gettext("Median · 9 of 10 within %(time)s") % {"time": say_duration(max(p90 or 0, 1))}
    if former is None or round(former) == round(median):
        return Number(label, say_duration(median), meaning)
    more = median - former
    change = f"{'+' if more > 0 else '−'}{say_duration(abs(more))}"
    return Number(label, say_duration(median), meaning, change, better=more < 0)


def _index(now: float | None, before: float | None) -> Number:
    label, meaning = gettext("Fairness"), gettext("1 = everybody got exactly their due")
    if now is None:
        return Number(label, "–", meaning)
    said = number_format(now, 2, use_l10n=True)
    more = 0.0 if before is None else now - before
    if abs(more) < 0.005:
        return Number(label, said, meaning)
    change = f"{'+' if more > 0 else '−'}{number_format(abs(more), 2, use_l10n=True)}"
    return Number(label, said, meaning, change, better=more > 0)
