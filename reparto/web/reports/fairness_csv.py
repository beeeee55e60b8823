"""Load and fairness as a table that a spreadsheet opens: a line each person, with all that the page says of them."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.formats import get_format, number_format
from django.utils.translation import gettext

from reparto.reports.choose_scope import choose_scope
from reparto.reports.measure_fairness import FairnessReport, PersonFigures, measure_fairness

from ..page import Page
from .read_asked import read_asked

#: Where a spreadsheet would take a text for a formula.
BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")
#: By this a spreadsheet knows that letters are UTF-8.
MARK = "\ufeff"


class FairnessCsv(Page):
    """`/carga-y-equidad.csv`: the period and the group of the page that led here."""

    action: ClassVar[str] = "reports.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer the file, its numbers and its separator as the viewer's language writes them. Raises Invalid."""
        asked = read_asked(request.GET, zone=self.actor.time_zone, at=self.at)
        if asked.invalid:
            raise asked.invalid
        report = measure_fairness(asked.period, choose_scope(self.actor, group_id=asked.group_id), at=self.at)
        name = f"{gettext('load-and-fairness')}-{asked.period.first}-{asked.period.last}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
        return HttpResponse(_write(report), content_type="text/csv; charset=utf-8", headers=headers)


def _write(report: FairnessReport) -> str:
    out = StringIO()
    out.write(MARK)
    lines = csv.writer(out, delimiter=";" if get_format("DECIMAL_SEPARATOR") == "," else ",")
    lines.writerow(_heads())
    lines.writerows(list(_line(one)) for one in report.people)
    return out.getvalue()


def _heads() -> list[str]:
    return [
        gettext("Person"),
        gettext("Group"),
        gettext("Open work"),
        gettext("Capacity"),
        gettext("Contacts"),
        gettext("Received"),
        gettext("Due"),
        gettext("Difference"),
        gettext("Otherwise"),
        gettext("Followed up"),
        gettext("First follow-up (seconds, median)"),
    ]


def _line(one: PersonFigures) -> Iterator[str]:
    yield _text(one.person.name)
    yield _text(one.person.group.name)
    capacity = one.person.capacity
    yield from map(_number, (one.open, capacity, one.contacts, one.received))
    yield from (_number(one.due, 2), _number(one.difference, 2))
    yield from map(_number, (one.otherwise, one.given.followed, one.given.median_seconds))


def _number(number: float | None, places: int = 0) -> str:
    return "" if number is None else number_format(round(number, places), places, use_l10n=True, force_grouping=False)


def _text(said: str) -> str:
    return f"'{said}" if said.startswith(BEGINNINGS) else said
