"""Sums by the hour: the same figures as the decisions themselves, however they were added up (BY-9, BY-35)."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from reparto.assignment.models import Decision
from reparto.kit.choose_period import choose_period
from reparto.reports.choose_scope import choose_scope
from reparto.reports.measure_fairness import FairnessReport, measure_fairness
from reparto.reports.models import HourMark, HourSum
from reparto.reports.read_speeds import read_speeds
from reparto.reports.read_tally import SUMS, Tally, read_tally
from reparto.reports.sum_decisions import BUSY, ORIGIN, QUIET, sum_decisions
from reparto.reports.tally import LAST
from tests.cast import AT
from tests.reports.busy_day import Day, a_busy_day

pytestmark = pytest.mark.django_db
ZONE = "America/Mexico_City"


@pytest.fixture
def day() -> Day:
    """The company and its day."""
    return a_busy_day()


def add_up(day: Day, *, page: int) -> int:
    """Let a worker add up all there is, in pages; return how many it took."""
    pages = 0
    while sum_decisions(day.cast.organization_id, at=day.end, page=page):
        pages += 1
    return pages


def tally(day: Day, *, zone: str = ZONE, as_manager: bool = False) -> Tally:
    """Add up the day, its shares rounded: parts are added in another order."""
    scope = choose_scope(day.cast.manager if as_manager else day.cast.admin)
    read = read_tally(choose_period("today", zone=zone, at=AT), scope)
    return replace(read, shares=[replace(one, due=round(one.due, 9)) for one in read.shares])


def report(day: Day) -> FairnessReport:
    """Measure the day."""
    return measure_fairness(choose_period("today", zone=ZONE, at=AT), choose_scope(day.cast.admin), at=day.end)


class TestSums:
    def test_say_what_the_decisions_say(self, day: Day) -> None:
        """BY-9: nothing, some or all of it added up, in pages of any size: the figures are the same to the last one."""
        for as_manager in (False, True):
            HourSum.objects.all().delete()
            HourMark.objects.all().delete()
            whole = tally(day, as_manager=as_manager)
            sum_decisions(day.cast.organization_id, at=day.end, page=5)
            some = tally(day, as_manager=as_manager)
            add_up(day, page=3)

            assert whole.shares
            assert whole.whole.arrived
            assert whole == some == tally(day, as_manager=as_manager)

    def test_are_read_instead_of_decisions(self, day: Day) -> None:
        """BY-35: once added up, no decision is read again for what is counted, however many there are."""
        add_up(day, page=1000)
        mark = HourMark.objects.get().after_id
        read = list(_scans(_plan(after=mark)))

        assert Decision.objects.order_by("-id").values_list("id", flat=True).first() == mark
        assert {0} == {scan["Actual Rows"] for scan in read if scan["Relation Name"] == "assignment_decision"}
        assert sum(scan["Actual Rows"] for scan in read if scan["Relation Name"] == "reports_hoursum") > 0

    def test_are_found_by_their_hours(self, day: Day) -> None:
        """BY-35: hours are found by the key, and decisions that are new by theirs."""
        add_up(day, page=1000)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        indexes = {scan.get("Index Name") for scan in _scans(_plan(after=HourMark.objects.get().after_id))}

        assert "reports_hoursum_one" in indexes

    def test_an_entry_counts_for_whoever_it_went_to_later(self, day: Day) -> None:
        """BY-35: it came in the hour in which it waited; when somebody gets it, it is theirs, and counts once still."""
        before = tally(day).whole
        waiting = Decision.objects.filter(conversation__isnull=False).exclude(outcome="assigned").order_by("-id")[0]
        add_up(day, page=1000)
        Decision.objects.create(
            organization_id=waiting.organization_id,
            at=day.end + timedelta(hours=3),
            contact_id=waiting.contact_id,
            conversation_id=waiting.conversation_id,
            outcome="assigned",
            route="manual",
            person_ids=[day.cast.alba.person_id],
            actor_id=day.cast.admin.person_id,
        )
        seen, after = tally(day), add_up(day, page=1000)

        assert 1 == after
        assert (before.arrived, before.at_once, before.assigned + 1) == (
            seen.whole.arrived,
            seen.whole.at_once,
            seen.whole.assigned,
        )
        assert seen == tally(day)

    def test_days_that_begin_within_an_hour_are_exact_too(self, day: Day) -> None:
        """BY-35: in India a day begins at half past; it is added up from the decisions."""
        add_up(day, page=1000)
        at_home, in_india = tally(day).whole, tally(day, zone="Asia/Kolkata").whole

        assert at_home.arrived == in_india.arrived + 0
        assert sum(tally(day, zone="Asia/Kolkata").hours[hour].arrived for hour in (21, 22, 23)) == in_india.arrived

    def test_worker_looks_again_soon_where_something_happens(self, day: Day) -> None:
        """BY-35: after a minute where there was something new, after ten where there was nothing."""
        sum_decisions(day.cast.organization_id, at=day.end)
        busy = HourMark.objects.get().due_at
        sum_decisions(day.cast.organization_id, at=day.end)

        assert (day.end + BUSY, day.end + QUIET) == (busy, HourMark.objects.get().due_at)


class TestSpeeds:
    def test_of_very_many_are_those_of_a_sample(self, day: Day) -> None:
        """BY-35: one decision of so many is asked, and counted for the others; of few, all are."""
        period, scope = choose_period("today", zone=ZONE, at=AT), choose_scope(day.cast.admin)
        all_of_them, one_of_two = (read_speeds(period, scope, decisions=count) for count in (20_000, 40_000))

        assert (1, 2) == (all_of_them.every, one_of_two.every)
        assert report(day).given.followed == all_of_them.followed[None].count
        assert one_of_two.assigned[None].count % 2 == 0


def _plan(*, after: int) -> dict[str, Any]:
    period = choose_period("today", zone=ZONE, at=AT)
    asked: dict[str, Any] = {"since": period.since, "until": period.until, "zone": ZONE, "people": None, "accounts": []}
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN (ANALYZE, FORMAT JSON) {SUMS}", asked | {"after": after, "upto": LAST, "origin": ORIGIN}
        )
        said = cursor.fetchone()[0]
    plan: dict[str, Any] = (json.loads(said) if isinstance(said, str) else said)[0]["Plan"]
    return plan


def _scans(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "Relation Name" in node:
        yield node
    for below in node.get("Plans", []):
        yield from _scans(below)
