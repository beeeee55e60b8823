"""When sweeps of a replay look: a known look of real ones, else in step with it."""

from datetime import timedelta

from reparto.reports.rhythm import Rhythm
from tests.cast import AT

MINUTE = timedelta(minutes=1)


class TestRhythm:
    """Looks ten minutes apart; some of them gave something, and so are known."""

    rhythm = Rhythm([AT + 23 * MINUTE, AT + 95 * MINUTE], since=AT, apart=10 * MINUTE)

    def first(self, minutes: float) -> float:
        """Return the first look from so many minutes on, as such."""
        return (self.rhythm.first(AT + minutes * MINUTE) - AT) / MINUTE

    def test_looks_where_a_real_one_did(self) -> None:
        """INV-25: what becomes late less than one rest before a known look is seen by it, and by none before."""
        assert [23, 23, 95] == [self.first(13.5), self.first(23), self.first(86)]

    def test_looks_in_step_with_the_last_that_is_known(self) -> None:
        """INV-25: looks that gave nothing left no trace: they are as far apart as sweeps look, from the last known."""
        assert [33, 33, 43, 105] == [self.first(23.1), self.first(33), self.first(33.1), self.first(95.1)]

    def test_looks_in_step_before_the_first_that_is_known(self) -> None:
        """INV-25: before the first known look they are in step with that; where none is known, with the beginning."""
        assert [3, 13] == [self.first(0), self.first(13)]
        assert AT + 10 * MINUTE == Rhythm([], since=AT, apart=10 * MINUTE).first(AT + MINUTE)
