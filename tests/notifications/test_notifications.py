"""What people are told, when, and what they have read of it."""

from datetime import timedelta

import pytest

from reparto.notifications.mark_read import mark_read
from reparto.notifications.notify_assignees import UNDO_SECONDS, Told, notify_assignees
from reparto.notifications.queries import notifications_of, unread_of
from tests.cast import AT, Cast, a_company

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(seconds=UNDO_SECONDS)


@pytest.fixture
def cast() -> Cast:
    """Return a company."""
    return a_company()


def tell(cast: Cast, *person_ids: int, actor_id: int | None = None) -> None:
    """Tell people of an assignment."""
    notify_assignees(cast.organization_id, [Told(person_ids, 1, None, 1)], at=AT, actor_id=actor_id)


class TestBeingTold:
    def test_of_what_the_rules_gave_at_once(self, cast: Cast) -> None:
        """What nobody did by hand cannot be undone: its notice is there at once."""
        tell(cast, cast.alba.person_id)

        assert 1 == unread_of(cast.alba.person_id, at=AT).count()

    def test_of_what_somebody_gave_after_the_undo_window(self, cast: Cast) -> None:
        """A notice of an act by hand is not seen before the act can be undone no more."""
        tell(cast, cast.alba.person_id, actor_id=cast.manager.person_id)

        assert (0, 1) == (
            unread_of(cast.alba.person_id, at=AT).count(),
            unread_of(cast.alba.person_id, at=LATER).count(),
        )

    def test_nobody_is_told_of_their_own_act(self, cast: Cast) -> None:
        """Who gives themself work, and a colleague too, is not told; the colleague is."""
        tell(cast, cast.alba.person_id, cast.bruno.person_id, actor_id=cast.alba.person_id)

        assert 0 == unread_of(cast.alba.person_id, at=LATER).count()
        assert 1 == unread_of(cast.bruno.person_id, at=LATER).count()


class TestReading:
    def test_is_of_ones_own_only(self, cast: Cast) -> None:
        """Bruno reads nothing of Alba's, even by its id; nothing is removed."""
        tell(cast, cast.alba.person_id)
        notice = notifications_of(cast.alba.person_id, at=AT).get()

        assert () == mark_read([notice.pk], actor=cast.bruno, at=AT)
        assert 1 == unread_of(cast.alba.person_id, at=AT).count()

    def test_counts_once(self, cast: Cast) -> None:
        """What is read is unread no more, and reading it again changes nothing."""
        tell(cast, cast.alba.person_id)

        assert 1 == len(mark_read(actor=cast.alba, at=AT))
        assert () == mark_read(actor=cast.alba, at=LATER)
        assert (0, 1) == (
            unread_of(cast.alba.person_id, at=AT).count(),
            notifications_of(cast.alba.person_id, at=AT).count(),
        )
