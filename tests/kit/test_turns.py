"""Turns of a worker's threads: no word that somebody left is lost."""

from threading import Event, Thread

import pytest

from reparto.kit import jobs
from reparto.kit.jobs import Turns

pytestmark = pytest.mark.django_db
KEY = ("a work", 7)


class SlowToLeave(Turns):
    """Turns in which the first thread lingers between its last look and its leaving."""

    def __init__(self) -> None:
        super().__init__()
        self.lingers, self.leaves = Event(), Event()

    def _work_until_quiet(self, key: tuple[str, int]) -> None:
        super()._work_until_quiet(key)
        if not self.lingers.is_set():
            self.lingers.set()
            assert self.leaves.wait(10)


class TestAWord:
    def test_left_to_the_next_thread_outlives_the_one_before(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Who leaves word to a thread at work is heard, though the thread before it is only now leaving."""
        turns, at_work, goes_on, looks = SlowToLeave(), Event(), Event(), []

        def look(organization_id: int) -> None:
            looks.append(organization_id)
            if len(looks) == 2:
                at_work.set()
                assert goes_on.wait(10)

        monkeypatch.setitem(jobs.WORK, KEY[0], look)
        first, second = (Thread(target=turns.take, args=KEY) for _ in range(2))
        first.start()
        assert turns.lingers.wait(10)
        second.start()
        assert at_work.wait(10)
        turns.take(*KEY)  # leaves word
        turns.leaves.set()
        first.join(10)
        goes_on.set()
        second.join(10)

        assert [KEY[1]] * 3 == looks

    def test_is_possible_again_after_a_failure(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Work that fails leaves no turn behind that nobody has."""
        turns, looks = Turns(), []

        def look(organization_id: int) -> None:
            looks.append(organization_id)
            if len(looks) == 1:
                raise LookupError

        monkeypatch.setitem(jobs.WORK, KEY[0], look)
        with pytest.raises(LookupError):
            turns.take(*KEY)
        turns.take(*KEY)

        assert [KEY[1]] * 2 == looks
