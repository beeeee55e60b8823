"""Replaying history: the rules in force change nothing, a draft says what then happens, and nothing is written."""

from datetime import timedelta

import pytest

from reparto.reports.replay_history import replay_history
from reparto.rules.queries import current_rule_set
from tests.cast import AT, Cast, a_company, a_rule
from tests.reports.checksums import checksums
from tests.reports.some_history import some_hours

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Return a company that deals to three in turn, and waits when none of them can."""
    cast = a_company()
    a_rule(cast.alba, cast.bruno, cast.carla, admin=cast.admin, if_nobody="wait")
    return cast


class TestTheRulesInForce:
    """What they would have done is what they did."""

    @pytest.mark.parametrize("seed", [2, 3, 4, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(5, 30))])
    def test_change_nothing(self, cast: Cast, seed: int) -> None:
        """BY-6, INV-25: replayed by the rules that were in force, every decision comes out as it was made."""
        hours = some_hours(cast, seed)
        until = hours.pass_time(40)
        before = checksums()

        figures = replay_history(current_rule_set(), since=AT - timedelta(hours=1), until=until)

        assert figures.happened.outcomes == figures.would.outcomes
        assert [] == [pair for pair in figures.differences if pair.differs]
        assert {person: one.happened for person, one in figures.people.items()} == {
            person: one.received for person, one in figures.people.items()
        }
        assert figures.would.outcomes["assigned"] > 3
        assert before == checksums()
