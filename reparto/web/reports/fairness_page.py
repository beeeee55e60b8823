"""Load and fairness: who carries what, and how close what each received is to their due (BY-9, BY-35, LG-1)."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext

from reparto.kit.choose_period import PERIODS
from reparto.reports.choose_scope import Scope, choose_scope
from reparto.reports.measure_fairness import measure_fairness
from reparto.reports.measure_pulse import measure_pulse

from ..page import Page
from .draw_attention import draw_attention
from .draw_channels import draw_channels
from .draw_hours import draw_hours
from .draw_numbers import draw_numbers
from .draw_people import draw_people
from .draw_rules import draw_rules
from .draw_ways import draw_ways
from .read_asked import Asked, read_asked


class FairnessPage(Page):
    """`/carga-y-equidad`: a manager's subtree, an administrator's company."""

    action: ClassVar[str] = "reports.view"
    section: ClassVar[str] = "dashboard"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the figures of a period: seven days if none is asked for (HU-5), or none that makes sense."""
        asked = read_asked(request.GET, zone=self.actor.time_zone, at=self.at)
        scope = choose_scope(self.actor, group_id=asked.group_id)
        report = measure_fairness(asked.period, scope, at=self.at)
        context: dict[str, Any] = {
            "report": report,
            "numbers": draw_numbers(report, measure_pulse(asked.period.before, scope)),
            "people": draw_people(report.people),
            "rules": draw_rules(report),
            "hours": draw_hours(report.hours),
            "channels": draw_channels(report.channels),
            "ways": draw_ways(report.ways),
            "alerts": draw_attention(report),
            "asked": asked,
            "here": asked.address(),
            "csv": asked.address("fairness_csv"),
            "periods": _periods(asked),
            "chosen": _chosen(asked),
            "groups": _groups(scope, asked),
        }
        return self.show("reports/fairness.html", context, status=422 if asked.invalid else 200)


def _periods(asked: Asked) -> list[dict[str, Any]]:
    labels = {
        "today": gettext("today"),
        "yesterday": gettext("yesterday"),
        "last_7_days": gettext("last 7 days"),
        "last_30_days": gettext("last 30 days"),
        "this_month": gettext("this month"),
        "last_month": gettext("last month"),
        "custom": gettext("custom"),
    }
    return [
        {
            "name": name,
            "label": labels[name],
            "url": asked.address(period=name, since=None, until=None),
            "on": asked.period.name == name,
        }
        for name in PERIODS
    ]


def _chosen(asked: Asked) -> str:
    period = asked.period
    if period.name != "custom":
        return next(str(one["label"]) for one in _periods(asked) if one["on"])
    return f"{date_format(period.first, 'SHORT_DATE_FORMAT')} – {date_format(period.last, 'SHORT_DATE_FORMAT')}"


def _groups(scope: Scope, asked: Asked) -> list[dict[str, Any]]:
    """Return the groups that one may choose, each by its path; one alone is no choice."""
    names = {str(group.pk): group.name for group in scope.groups}
    whole = {"label": gettext("all"), "url": asked.address(group=None), "on": asked.group_id is None}
    found = [
        {
            "label": " › ".join(names[one] for one in group.path.strip("/").split("/") if one in names),
            "url": asked.address(group=group.pk),
            "on": asked.group_id == group.pk,
        }
        for group in scope.groups
        if group.parent_id is not None
    ]
    return [whole, *found] if len(found) > 1 else []
