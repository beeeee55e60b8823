"""A simulation in the background, and rules in the shadow: what comes out is what a replay says, and nothing else moves."""

from datetime import timedelta
from typing import Any

import pytest

from reparto.engine import RuleSet
from reparto.kit.clock import now
from reparto.kit.faults import Invalid
from reparto.people.permissions import NotAllowed
from reparto.reports.begin_shadow import begin_shadow
from reparto.reports.jobs import decide_in_the_shadow, simulate_until_done
from reparto.reports.models import Shadow, ShadowDifference, Simulation
from reparto.reports.replay_history import begin_history, end_history, replay_page
from reparto.reports.show_figures import show_figures
from reparto.reports.start_simulation import Asked, start_simulation
from reparto.reports.stop_shadow import stop_shadow
from reparto.reports.stop_simulation import stop_simulation
from reparto.rules.add_draft import add_draft
from reparto.rules.edit_draft import edit_draft
from reparto.rules.freeze_draft import freeze_draft
from reparto.rules.models import RuleSetDraft
from tests.cast import AT, Cast, a_company, a_rule
from tests.reports.checksums import checksums
from tests.reports.some_history import Hours, some_hours

pytestmark = pytest.mark.django_db
OWN = ("reports_simulation", "reports_shadow", "reports_shadowdifference")


@pytest.fixture
def cast() -> Cast:
    """Return a company that deals to three in turn, and waits when none of them can."""
    cast = a_company()
    a_rule(cast.alba, cast.bruno, cast.carla, admin=cast.admin, if_nobody="wait")
    return cast


@pytest.fixture
def draft(cast: Cast) -> RuleSetDraft:
    """Return a draft by which two of them get everything, whoever has least."""
    draft = add_draft("Solo dos", actor=cast.admin, at=AT)
    targets = [{"person_id": person.person_id} for person in (cast.carla, cast.alba)]
    rule = draft.content[0] | {"assign_to": targets, "strategy": "least_loaded", "tags": ["Prueba"]}
    return edit_draft(draft.pk, {"rules": [rule]}, actor=cast.admin, at=AT)


def replayed(rule_set: RuleSet, hours: Hours) -> dict[str, Any]:
    """Return what a replay of all of it says at once."""
    since, until = AT - timedelta(hours=1), hours.at + timedelta(hours=1)
    history = begin_history(rule_set, since=since, until=until)
    while not history.done:
        list(replay_page(history))
    return show_figures(end_history(history), rule_set=rule_set, since=since, until=until)


class TestSimulation:
    """Work in the background."""

    def test_keeps_what_comes_out(self, cast: Cast, draft: RuleSetDraft) -> None:
        """BY-6: a worker replays the period page after page and keeps the figures; no other table changes."""
        hours, rule_set = some_hours(cast, 11), freeze_draft(draft)
        hours.pass_time(25)
        asked = Asked(rule_set, AT - timedelta(hours=1), hours.at + timedelta(hours=1), name=draft.name, drafted=True)
        begun = start_simulation(asked, actor=cast.admin, at=hours.at)
        before = checksums(but=OWN)

        simulate_until_done(cast.organization_id)

        kept = Simulation.objects.get(pk=begun.pk)
        assert ("done", kept.total) == (kept.state, kept.worked)
        assert replayed(rule_set, hours) | {"time_rules_left_out": [], "would_move_now": 0} == kept.result
        assert 0 < kept.result["differing"]
        assert before == checksums(but=OWN)

    def test_can_be_stopped_by_who_may(self, cast: Cast, draft: RuleSetDraft) -> None:
        """A stopped one is not worked; only an administrator begins or stops; a time must have a length."""
        asked = Asked(freeze_draft(draft), AT - timedelta(hours=1), AT)
        begun = start_simulation(asked, actor=cast.admin, at=AT)

        stop_simulation(begun.pk, actor=cast.admin, at=AT)
        simulate_until_done(cast.organization_id)

        assert ("stopped", None) == Simulation.objects.values_list("state", "result").get(pk=begun.pk)
        with pytest.raises(NotAllowed):
            start_simulation(asked, actor=cast.manager, at=AT)
        with pytest.raises(Invalid):
            start_simulation(Asked(RuleSet(), AT, AT), actor=cast.admin, at=AT)

    def test_that_fails_fails_alone(self, cast: Cast, draft: RuleSetDraft) -> None:
        """EC-96: one that cannot be replayed is marked; one at which another worker is goes on."""
        asked = Asked(freeze_draft(draft), AT - timedelta(hours=1), AT)
        broken, other = (start_simulation(asked, actor=cast.admin, at=AT) for _ in range(2))
        Simulation.objects.filter(pk=broken.pk).update(rules={"rules": [{"nothing": 1}]})
        Simulation.objects.filter(pk=other.pk).update(runner="another", beat_at=now())

        with pytest.raises(TypeError):
            simulate_until_done(cast.organization_id)

        assert [("failed",), ("running",)] == list(Simulation.objects.order_by("id").values_list("state"))


class TestShadow:
    """BY-7."""

    def test_decides_beside_and_changes_nothing(self, cast: Cast, draft: RuleSetDraft) -> None:
        """BY-7: looking at each moment comes to what one replay of all says, each difference is listed, nothing else moves."""
        hours = some_hours(cast, 12)
        shadow = begin_shadow(draft.pk, actor=cast.admin, at=AT - timedelta(hours=1))
        for _ in range(15):
            hours.pass_time(2)
            before = checksums(but=OWN)
            decide_in_the_shadow(cast.organization_id)
            assert before == checksums(but=OWN)

        whole, kept = replayed(freeze_draft(draft), hours), Shadow.objects.get(pk=shadow.pk).result

        counts = ("received", "happened", "peak_load", "full")
        assert [[one[name] for name in counts] for one in whole["people"]] == [
            [one[name] for name in counts] for one in kept["people"]
        ]
        assert (whole["sittings"], whole["differing"]) == (kept["sittings"], ShadowDifference.objects.count())
        assert 0 < whole["differing"]

    def test_is_one_at_a_time_until_it_is_stopped(self, cast: Cast, draft: RuleSetDraft) -> None:
        """BY-7: a second one is refused; a stopped one looks at nothing more; only an administrator begins or stops."""
        shadow = begin_shadow(draft.pk, actor=cast.admin, at=AT)

        with pytest.raises(Invalid):
            begin_shadow(draft.pk, actor=cast.admin, at=AT)
        with pytest.raises(NotAllowed):
            stop_shadow(shadow.pk, actor=cast.manager, at=AT)
        stop_shadow(shadow.pk, actor=cast.admin, at=AT)
        some_hours(cast, 13).pass_time(3)
        decide_in_the_shadow(cast.organization_id)

        assert ("stopped", None) == Shadow.objects.values_list("state", "result").get(pk=shadow.pk)
        assert "running" == begin_shadow(draft.pk, actor=cast.admin, at=AT).state
