"""What a replay counts of each person beside what they receive: who is full, and who would have more than they may."""

import pytest

from reparto.engine import Candidate, Decision, WorkItem
from reparto.reports.count_replay import Figures
from reparto.reports.replay import Seen
from tests.cast import AT
from tests.engine.builders import an_agent

ROOM = ("at_capacity", "at_account_cap", "at_hourly_limit", "at_daily_limit")


def seen(decision: Decision, **changed: int) -> Seen:
    """Return a decision that was made while the one person had this load and capacity."""
    return Seen(WorkItem(1, 1, conversation_id=1), decision, AT, {7: an_agent(7, **changed)})


class TestOfAPerson:
    """BY-6: peaks over capacity."""

    @pytest.mark.parametrize("reason", [*ROOM, "away"])
    def test_who_has_no_room_is_full(self, reason: str) -> None:
        """BY-6: passed over for want of room is whoever reached any of their limits; who is away is not."""
        figures = Figures()
        figures.see([seen(Decision(1, "queued", None, None, candidates=(Candidate(7, "rejected", reason),)))])

        assert (reason in ROOM) == (7 in figures.people and 1 == figures.people[7].full)

    @pytest.mark.parametrize(("load", "over"), [(1, 0), (2, 1), (5, 1)])
    def test_more_than_they_may_have_is_counted(self, load: int, over: int) -> None:
        """BY-6: what a direct assignment gives to somebody who is full is a peak over their capacity."""
        figures = Figures()
        figures.see([seen(Decision(1, "assigned", "portfolio", 7, person_ids=(7,)), load=load, capacity=2)])

        assert (load + 1, over) == (figures.people[7].peak_load, figures.people[7].over_capacity)
