"""Rules in the shadow that wait for a time live through sweeps: what they would have moved, beside what was moved."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from reparto.engine import thaw_rule_set
from reparto.kit.clock import TOO_FAR
from reparto.kit.tenancy import in_organization
from reparto.people.actor import Actor
from reparto.reports.begin_shadow import begin_shadow
from reparto.reports.models import Shadow, ShadowDifference
from reparto.reports.queries import next_look
from reparto.reports.replay_history import replay_history
from reparto.reports.replay_shadow import LEAST
from reparto.reports.show_figures import show_figures
from reparto.reports.stop_shadow import stop_shadow
from reparto.reports.work_shadow import work_shadow
from reparto.rules.add_draft import add_draft
from reparto.rules.edit_draft import edit_draft
from tests.cast import AT, Cast, a_company
from tests.reports.checksums import checksums
from tests.reports.some_history import some_hours
from tests.rows import late
from tests.rows.late import HOUR, a_contact, follow_up

pytestmark = pytest.mark.django_db
OWN = ("reports_shadow", "reports_shadowdifference")
SECOND = timedelta(seconds=1)


@pytest.fixture
def cast() -> Cast:
    """Return a company in which nobody has waited for anything yet."""
    return a_company()


def a_shadow(cast: Cast, *to: Actor, hours: int, at: datetime = AT) -> Shadow:
    """Let a draft decide beside: whoever is not followed up for so many hours goes to these in turn."""
    draft = add_draft("Rescatar", actor=cast.admin, at=at)
    rule: dict[str, Any] = draft.content[0] if draft.content else {"description": "Rescatar", "trigger": "no_followup"}
    after = {"amount": hours, "unit": "hours", "clock": "calendar"}
    people = [{"person_id": one.person_id} for one in to]
    edit_draft(draft.pk, {"rules": [rule | {"after": after, "assign_to": people}]}, actor=cast.admin, at=at)
    return begin_shadow(draft.pk, actor=cast.admin, at=at)


def look(cast: Cast, *, at: datetime) -> dict[str, Any]:
    """Let a worker look, and return what is kept; no other table changes."""
    before = checksums(but=OWN)
    while work_shadow(cast.organization_id, clock=lambda: at):
        pass
    assert before == checksums(but=OWN)
    result: dict[str, Any] = Shadow.objects.get().result or {}
    return result


def apart() -> list[tuple[int, list[int], list[int]]]:
    """Return each difference: the contact, who was given it, who would have been."""
    rows = ShadowDifference.objects.order_by("contact_id", "at")
    return [(one.contact_id, (one.happened or {})["person_ids"], (one.would or {})["person_ids"]) for one in rows]


class TestARuleThatWaits:
    """BY-7, UP-5."""

    def test_shorter_takes_what_nobody_took(self, cast: Cast) -> None:
        """BY-7: what the draft finds late is listed with whom it goes to; whoever was followed up stays, then as here."""
        late.a_rule(cast, cast.bruno, after="9 hours")
        first, second, called = (a_contact(cast) for _ in range(3))
        a_shadow(cast, cast.carla, cast.bruno, hours=2)
        assert [] == look(cast, at=AT + HOUR)["people"]
        follow_up(called, by=cast.alba, at=AT + HOUR)
        late.sweep(cast, at=AT + 2 * HOUR)

        kept = look(cast, at=AT + 3 * HOUR + timedelta(minutes=30))

        carla, bruno = [cast.carla.person_id], [cast.bruno.person_id]
        assert [(first.pk, [], carla), (second.pk, [], bruno)] == apart()
        assert {"stays"} == {(one.happened or {})["outcome"] for one in ShadowDifference.objects.all()}
        # Of the last hour it is not known yet whether both sides moved it.
        assert 1 == kept["sweeps"]["open"]
        # Nobody wrote and nothing was moved in all the time, so nobody knows who was there.
        assert ["people"] == [one["missing"] for one in kept["time_rules_left_out"]]
        look(cast, at=AT + 4 * HOUR + 2 * SECOND)
        assert [called.pk] == [one for one, _, _ in apart() if one not in (first.pk, second.pk)]

    def test_longer_leaves_what_was_taken(self, cast: Cast) -> None:
        """BY-7: what a real sweep moved, and the draft would not have yet, is listed; once it would have, that too."""
        late.a_rule(cast, cast.bruno, after="2 hours")
        contact = a_contact(cast)
        a_shadow(cast, cast.carla, hours=7)
        late.sweep(cast, at=AT + 2 * HOUR)

        look(cast, at=AT + 4 * HOUR)
        assert [(contact.pk, [cast.bruno.person_id], [])] == apart()

        kept = look(cast, at=AT + 9 * HOUR)
        assert [] == kept["time_rules_left_out"]
        assert [(contact.pk, [cast.bruno.person_id], []), (contact.pk, [], [cast.carla.person_id])] == apart()
        assert [(0, 1), (1, 0)] == sorted((one["would"], one["happened"]) for one in kept["sweeps"]["moves"])

    def test_equal_differs_in_nothing(self, cast: Cast) -> None:
        """BY-7, INV-25: the rules in force in the shadow: no difference, also of what is late and not looked at yet."""
        late.a_rule(cast, cast.bruno, cast.carla, after="2 hours")
        for _ in range(3):
            a_contact(cast)
        a_shadow(cast, cast.bruno, cast.carla, hours=2)

        for hours in (2, 4, 6):
            look(cast, at=AT + hours * HOUR + 2 * SECOND)
            assert [] == apart()
            late.sweep(cast, at=AT + hours * HOUR + 5 * SECOND)
            kept = look(cast, at=AT + hours * HOUR + 20 * timedelta(minutes=1))
            assert ([], 0) == (apart(), kept["differing"])

        assert 0 < sum(one["would"] for one in kept["sweeps"]["moves"])

    def test_where_none_is_in_force_is_known_at_once(self, cast: Cast) -> None:
        """BY-7: where no rule in force waits for a time, nobody else can move it: it is listed without waiting."""
        contact = a_contact(cast)
        a_shadow(cast, cast.bruno, hours=2)

        kept = look(cast, at=AT + 2 * HOUR + SECOND)

        assert [(contact.pk, [], [cast.bruno.person_id])] == apart()
        assert 0 == kept["sweeps"]["open"]

    def test_comes_to_what_a_simulation_says(self, cast: Cast) -> None:
        """BY-7: of hours in which much happens it says what a simulation of them says, and has a row for each difference."""
        late.a_rule(cast, cast.alba, cast.bruno, cast.carla)
        hours = some_hours(cast, 21, capacity=4)
        hours.apart, hours.swept = timedelta(minutes=25), True
        for _ in range(4):
            a_contact(cast)
        shadow = a_shadow(cast, cast.carla, cast.bruno, hours=3)
        look(cast, at=hours.pass_time(15))

        kept = look(cast, at=(until := hours.pass_time(15)))

        rule_set = thaw_rule_set(shadow.rules)
        whole = replay_history(rule_set, since=AT, until=until, at=until)
        said = show_figures(whole, rule_set=rule_set, since=AT, until=until)
        assert all(said[name] == kept[name] for name in ("sittings", "people", "rules", "since", "until"))
        assert said["sweeps"]["moves"] == kept["sweeps"]["moves"]
        assert 5 < ShadowDifference.objects.count() == kept["differing"] <= said["differing"]
        assert said["differing"] - kept["differing"] <= kept["sweeps"]["open"]

    def test_that_waits_for_nothing_leaves_what_a_sweep_took(self, cast: Cast) -> None:
        """BY-7: without such a rule it follows the desk: each time that a sweep moved a contact is a difference."""
        late.a_rule(cast, cast.bruno, cast.carla, after="2 hours")
        contact = a_contact(cast)
        draft = add_draft("Nada", actor=cast.admin, at=AT)
        edit_draft(draft.pk, {"rules": []}, actor=cast.admin, at=AT)
        begin_shadow(draft.pk, actor=cast.admin, at=AT)

        for hours in (2, 4):
            late.sweep(cast, at=AT + hours * HOUR)
            kept = look(cast, at=AT + hours * HOUR + SECOND)

        assert [(contact.pk, [one.person_id], []) for one in (cast.bruno, cast.carla)] == apart()
        assert None is kept["sweeps"]


class TestItsWorker:
    """It takes a small share of one, and one at a time."""

    def test_looks_seldom(self, cast: Cast) -> None:
        """BY-7: it says until when it lived and when it looks next; before that nobody looks, whatever the hour."""
        a_contact(cast)
        shadow = a_shadow(cast, cast.bruno, hours=2)
        kept = look(cast, at=AT + HOUR)
        shadow.refresh_from_db()

        assert AT + HOUR == datetime.fromisoformat(kept["until"])
        assert AT + HOUR + LEAST == shadow.due_at == next_look(shadow)
        assert kept == look(cast, at=shadow.due_at - SECOND)
        assert kept["until"] < look(cast, at=shadow.due_at)["until"]
        # INV-68: what a wrong clock put off for years is due.
        Shadow.objects.update(due_at=AT + HOUR + TOO_FAR * 2)
        assert kept["until"] != look(cast, at=AT + HOUR + SECOND)["until"]

    def test_is_one_of_several(self, cast: Cast) -> None:
        """BY-7, EC-96: one at a time; who was silent for long is gone, and whoever comes back late keeps nothing."""
        a_contact(cast)
        shadow = a_shadow(cast, cast.bruno, hours=2)
        begun, told = AT + 3 * HOUR, []

        def clock() -> datetime:
            """Be another worker, too: at once in vain, and once the first has been silent for long."""
            told.append(begun)
            if len(told) == 3:
                assert {} == look(cast, at=begun + SECOND)
                assert next_look(Shadow.objects.get()) is None
                told.append(begun)
                look(cast, at=begun + LEAST)
            return begun

        work_shadow(cast.organization_id, clock=clock)

        shadow.refresh_from_db()
        assert (begun + LEAST).isoformat() == (shadow.result or {})["until"]
        assert begun + 2 * LEAST == next_look(shadow)

    def test_stops_with_it(self, cast: Cast) -> None:
        """BY-7: stopped while a worker is at it, it keeps what it had, and nothing new."""
        a_contact(cast)
        shadow = a_shadow(cast, cast.bruno, hours=2)
        kept = look(cast, at=AT + HOUR)
        told: list[datetime] = []

        def clock() -> datetime:
            told.append(AT + 3 * HOUR)
            if len(told) == 3:
                stop_shadow(shadow.pk, actor=cast.admin, at=AT + 3 * HOUR)
            return told[0]

        work_shadow(cast.organization_id, clock=clock)

        shadow.refresh_from_db()
        assert ("stopped", kept, None) == (shadow.state, shadow.result, next_look(shadow))
        assert [] == apart()

    def test_sees_no_other_company(self, cast: Cast) -> None:
        """INV-1, BY-7: a worker of another company neither looks at it nor finds its contacts."""
        a_contact(cast)
        a_shadow(cast, cast.bruno, hours=2)
        other = a_company("Otra")
        a_shadow(other, other.bruno, hours=2)

        kept = look(other, at=AT + 3 * HOUR)

        assert ([], []) == (kept["people"], apart())
        with in_organization(cast.organization_id):
            assert None is Shadow.objects.get().result
