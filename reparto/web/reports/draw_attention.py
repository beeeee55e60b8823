"""What asks for somebody's attention now, each with the one place where something can be done about it (BY-35)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from reparto.reports.measure_fairness import FairnessReport, PersonFigures, RuleFigures

from .draw_people import draw_bar, stands_out

#: More than these nobody reads; the table has them all.
MOST = 6


@dataclass(frozen=True, slots=True)
class Alert:
    """One line."""

    icon: str
    text: str
    label: str  #: of its action
    url: str
    kind: str  #: the class of its ink


def draw_attention(report: FairnessReport) -> list[Alert]:
    """Return the alerts, the most urgent first."""
    return [*_waiting(report), *_away(report), *_uneven(report)][:MOST]


def _waiting(report: FairnessReport) -> Iterator[Alert]:
    count = report.waiting.long
    if count:
        said = ngettext(
            "%(count)s conversation has been waiting for somebody for more than 10 minutes.",
            "%(count)s conversations have been waiting for somebody for more than 10 minutes.",
            count,
        )
        url = reverse("inbox") + "?view=unassigned"
        yield Alert("user-x", said % {"count": count}, gettext("Show"), url, "alone")


def _away(report: FairnessReport) -> Iterator[Alert]:
    for one in report.people:
        if one.open and one.person.receives and one.person.availability != "available":
            said = gettext("%(name)s is not available and has a load of %(load)s.")
            text = said % {"name": one.person.name, "load": number_format(one.open, use_l10n=True)}
            yield Alert("clock", text, gettext("Availability"), reverse("team_availability"), "warn-ink")


def _uneven(report: FairnessReport) -> Iterator[Alert]:
    uneven = [one for one in report.people if stands_out(one.received, one.due)]
    for one in sorted(uneven, key=lambda figures: -abs(figures.difference)):
        bar, rule = draw_bar(one.received, one.due), _rule_of(report, one)
        said = gettext("%(name)s received %(received)s by rules, and %(due)s were their due (%(share)s).")
        figures = {"received": one.received, "due": round(one.due), "share": bar.said if bar else ""}
        url = reverse("rules") if rule.deleted else reverse("rule", args=[rule.rule_id])
        yield Alert("trending-up", said % {"name": one.person.name, **figures}, gettext("Open rule"), url, "alone")


def _rule_of(report: FairnessReport, one: PersonFigures) -> RuleFigures:
    """Return the rule in which the difference is largest."""
    shares = ((rule, share) for rule in report.rules for share in rule.shares if share.person_id == one.person.pk)
    return max(shares, key=lambda pair: abs(pair[1].received - pair[1].due))[0]
