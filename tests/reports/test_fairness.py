"""Load and fairness: every figure is a sum over decisions and owners (BY-9, BY-35, LG-1)."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from math import isclose
from statistics import median

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reparto.assignment.models import Decision
from reparto.assignment.read_trace import read_traces
from reparto.contacts.models import Contact, FollowUp
from reparto.conversations.models import Conversation, Message
from reparto.kit.choose_period import choose_period
from reparto.kit.faults import Invalid
from reparto.people.queries import UnknownGroup
from reparto.reports.jain_index import jain_index
from reparto.rules.queries import frozen_rule_set
from tests.api.caller import Caller
from tests.cast import AT, Cast, a_stranger
from tests.reports.busy_day import MANY, ZONE, Day, a_busy_day, report
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Day:
    """The company and its day."""
    return a_busy_day()


class FromRows:
    """The same figures the slow way: row by row, from whole traces."""

    def __init__(self, day: Day) -> None:
        self.received: Counter[tuple[int, int]] = Counter()
        self.due: dict[tuple[int, int], float] = defaultdict(float)
        self.decisions = list(Decision.objects.filter(rule_sequence__isnull=False))
        traces = read_traces(self.decisions)
        for one in self.decisions:
            weights = self._weights(day, one)
            able = [
                card["person_id"]
                for card in traces[one.pk]["candidates"]
                if card.get("rule_id") == one.rule_id and card["verdict"] in ("chosen", "eligible")
            ]
            for person in able:
                share = weights.get(person, 1) / sum(weights.get(other, 1) for other in able)
                self.due[one.rule_id or 0, person] += share
            self.received[one.rule_id or 0, one.person_ids[0]] += 1

    def _weights(self, day: Day, one: Decision) -> dict[int, int]:
        rules = {rule.id: rule for rule in frozen_rule_set(one.organization_id, one.rule_version or 0).rules}
        weighs = rules[one.rule_id or 0].strategy == "weighted"
        return {day.cast.carla.person_id: 3} if weighs else {}


class TestShares:
    def test_are_the_sums_over_decisions(self, day: Day) -> None:
        """BY-9: received and due, per person and rule, are what the stored traces add up to; all dues are all given."""
        rows, measured = FromRows(day), report(day)
        shares = {(one.rule_id, one.person_id): one for rule in measured.rules for one in rule.shares}

        assert {day.turns_id, day.weights_id} == {rule for rule, _ in rows.due}
        assert rows.due.keys() == shares.keys()
        assert all(
            isclose(rows.due[key], shares[key].due) and rows.received[key] == shares[key].received for key in shares
        )
        assert isclose(len(rows.decisions), sum(one.due for one in measured.people))
        assert len(rows.decisions) == sum(one.received for one in measured.people) == MANY
        by_rule = {rule.rule_id: rule.index for rule in measured.rules}
        turns = [(rows.received[key], rows.due[key]) for key in shares if key[0] == day.turns_id]
        assert by_rule[day.turns_id] == pytest.approx(jain_index(turns))

    def test_who_was_away_is_due_nothing(self, day: Day) -> None:
        """BY-10: Bruno's due is less than Alba's by what was decided while he was away; nobody is two from their due."""
        people = {one.person.pk: one for one in report(day).people}
        alba, bruno = people[day.cast.alba.person_id], people[day.cast.bruno.person_id]

        assert bruno.due < alba.due
        assert all(abs(one.difference) < 2 for one in people.values())

    def test_index(self) -> None:
        """BY-9: 1 when everybody got their due, 1/n when one of n got all; who was due nothing says nothing."""
        assert 1 == jain_index([(3, 3), (5, 5), (4, 0)])
        assert jain_index([(9, 3), (0, 3), (0, 3)]) == pytest.approx(1 / 3)
        assert jain_index([(1, 0)]) is None


class TestLoadAndSpeed:
    def test_are_sums_over_rows(self, day: Day) -> None:
        """BY-35, LG-1: open, owned, given by each way, waits, times to assignment and to the first follow-up."""
        measured = report(day)
        entries = [
            (talk, list(Decision.objects.filter(conversation=talk).order_by("id")))
            for talk in Conversation.objects.all()
        ]
        waited = [decided for _, decided in entries if decided[0].outcome != "assigned"]
        seconds = [
            (next(one.at for one in decided if one.outcome == "assigned") - talk.opened_at).total_seconds()
            for talk, decided in entries
            if any(one.outcome == "assigned" for one in decided)
        ]

        assert (len(entries), len(waited), median(seconds)) == (
            measured.entries.arrived,
            measured.entries.waited,
            measured.entries.median_seconds,
        )
        assert len(entries) == sum(hour.entries.arrived for hour in measured.hours)
        (whatsapp,) = [one for one in measured.channels if one.channel == "whatsapp"]
        assert measured.entries == whatsapp.entries
        assert measured.given.count == sum(one.given for one in measured.channels)
        assert {"rule": MANY, "manual": 2, "taken": 1} == measured.ways
        assert Contact.objects.filter(owner__isnull=True).count() == measured.unassigned.number
        assert 1 == measured.waiting.count
        for one in measured.people:
            assert one.contacts == Contact.objects.filter(owner=one.person).count()
            assert one.given.count == one.received + one.otherwise

    def test_a_first_follow_up_is_an_answer_or_a_call(self, day: Day) -> None:
        """BY-35: the first message, call, visit or note of whoever was given it, counted from when it was."""
        measured = report(day)
        answered = {one.contact_id: one.at for one in FollowUp.objects.order_by("-at")}
        said = Message.objects.filter(direction="out").order_by("-id").select_related("conversation")
        answered |= {one.conversation.contact_id: one.created_at for one in said}
        by_rule_or_admin = Decision.objects.filter(outcome="assigned").exclude(actor_id=day.cast.alba.person_id)
        waits = [
            (answered[one.contact_id] - one.at).total_seconds()
            for one in by_rule_or_admin
            if one.contact_id in answered and one.at <= answered[one.contact_id]
        ]

        assert 7 == len(waits) == measured.given.followed
        assert median(waits) == measured.given.median_seconds
        assert len(waits) == sum(one.given.followed for one in measured.people)

    def test_people_present_are_those_whom_the_desk_saw(self, day: Day) -> None:
        """BY-35: by hour of the viewer's day, as the sittings of that hour were told."""
        present = {hour.hour: hour.present for hour in report(day).hours}

        # Bruno goes at 10:28 and is back at 11:03.
        assert {10: 2.5, 11: 3} == present


class TestScope:
    def test_a_manager_sees_the_subtree_and_a_group_narrows_it(self, day: Day) -> None:
        """LG-1: Marta leads the north, so Carla is not hers; another's group is none to her."""
        north = {day.cast.alba.person_id, day.cast.bruno.person_id}
        whole = {one.person.pk: one for one in report(day).people}
        hers = report(day, as_manager=True)

        assert north == {one.person.pk for one in hers.people}
        assert all(one.given == whole[one.person.pk].given for one in hers.people)
        assert all(isclose(one.due, whole[one.person.pk].due) for one in hers.people)
        assert {day.cast.carla.person_id} == {one.person.pk for one in report(day, group_id=day.cast.south_id).people}
        with pytest.raises(UnknownGroup):
            report(day, as_manager=True, group_id=day.cast.south_id)

    def test_strangers_are_not_counted(self, day: Day) -> None:
        """INV-28: another company's report knows nothing of it."""
        stranger: Cast = a_stranger()
        theirs = Caller(stranger.admin).get(
            "/reports/fairness", period="custom", since="2026-11-17", until="2026-11-17"
        )

        assert (200, 0, []) == (theirs.status, theirs.body["arrived"], theirs.body["rules"])


class TestByApi:
    def test_gives_the_same_figures(self, day: Day) -> None:
        """BY-35: the API's figures are the page's; agents have none, and a wrong period is refused with its place."""
        days = {"period": "custom", "since": "2026-11-17", "until": "2026-11-17"}
        said, measured = Caller(day.cast.admin).get("/reports/fairness", **days).body, report(day)

        assert [(one.person.pk, one.received, one.due, one.open) for one in measured.people] == [
            (one["person_id"], one["received"], one["due"], one["open"]) for one in said["people"]
        ]
        assert measured.index == said["index"]
        assert measured.entries.waited == sum(hour["waited"] for hour in said["hours"])
        assert [one.contact_id for one in (measured.waiting.oldest,) if one] == [said["now"]["oldest_contact_id"]]
        assert 403 == Caller(day.cast.alba).get("/reports/fairness").status
        assert {"until": "required"} == Caller(day.cast.admin).get(
            "/reports/fairness", period="custom", since="2026-11-17"
        ).codes

    def test_answers_the_days_that_are_asked_for_or_none(self, day: Day) -> None:
        """HU-5: days alone are a custom period; those that make none, or that a named one has no use for, are refused."""
        whole = {"since": "2026-11-17", "until": "2026-11-17"}
        for asked, fault in (
            ({"since": "2026-11-17"}, ("until", "required")),
            (whole | {"until": "2026-11-01"}, ("until", "before_since")),
            (whole | {"since": "2026-11-18", "period": "custom"}, ("until", "before_since")),
            ({"period": "today", "since": "2026-11-17"}, ("since", "needless")),
        ):
            page = Visitor(day.cast.admin).get("/carga-y-equidad", **asked)

            assert dict([fault]) == Caller(day.cast.admin).get("/reports/fairness", **asked).codes
            assert (422, True) == (page.status_code, "fairness-fault" in text(page))
            assert 422 == Visitor(day.cast.admin).get("/carga-y-equidad.csv", **asked).status_code
        said = Caller(day.cast.admin).get("/reports/fairness", **whole).body
        assert ("custom", report(day).entries.arrived) == (said["period"]["name"], said["arrived"])
        assert "17/11/2026 – 17/11/2026" in text(Visitor(day.cast.admin).get("/carga-y-equidad", **whole))


class TestCost:
    def test_queries_do_not_grow(self, day: Day) -> None:
        """BY-35: as many queries whatever there is to be counted."""
        with CaptureQueriesContext(connection) as counted:
            report(day)

        assert len(counted) <= 15


class TestPeriods:
    def test_days_are_the_viewers(self) -> None:
        """HU-5: seven days are today and the six before it, in the viewer's zone; a month is a calendar month."""
        late = AT.replace(hour=3)  # still Monday in Mexico
        week = choose_period("last_7_days", zone=ZONE, at=late)

        assert (date(2026, 11, 10), date(2026, 11, 16)) == (week.first, week.last)
        assert timedelta(days=7) == week.until - week.since
        assert date(2026, 11, 9) == week.before.last
        assert date(2026, 10, 31) == choose_period("last_month", zone=ZONE, at=late).last
        with pytest.raises(Invalid):
            choose_period("custom", zone=ZONE, at=AT, first=date(2026, 2, 2), last=date(2026, 2, 1))
