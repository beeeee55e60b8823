"""What people declare, and the signs of life that they give."""

from datetime import timedelta

import pytest

from reparto.kit.faults import Invalid
from reparto.kit.models import AuditEntry
from reparto.people.models import Presence
from reparto.people.permissions import NotAllowed
from reparto.people.queries import UnknownPerson
from reparto.people.set_availability import set_availability
from reparto.people.show_sign_of_life import show_sign_of_life
from tests import cast
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db: None) -> Cast:
    """A company."""
    return cast.a_company()


class TestAvailability:
    def test_by_oneself_it_is_also_a_sign_of_life(self, company: Cast) -> None:
        """Who says «available» by their own token is there."""
        at = AT + timedelta(hours=1)

        person = set_availability(company.alba.person_id, status="available", actor=company.alba, at=at)

        assert ("available", at) == (person.availability, Presence.objects.get(person=person).seen_at)

    def test_by_a_manager_it_is_on_record_and_no_sign_of_life(self, company: Cast) -> None:
        """A manager sets it for their own people; that somebody else did is kept."""
        at, until = AT + timedelta(hours=1), AT + timedelta(hours=3)

        person = set_availability(
            company.alba.person_id, status="away", reason=" comida ", until=until, actor=company.manager, at=at
        )

        assert ("away", "comida", until) == (
            person.availability,
            person.availability_reason,
            person.availability_until,
        )
        assert company.manager.person_id == AuditEntry.objects.get(action="availability.set").actor_id
        assert AT == Presence.objects.get(person=person).seen_at

    @pytest.mark.parametrize(("who", "whom"), [("manager", "carla"), ("bruno", "alba"), ("alba", "manager")])
    def test_nobody_sets_it_outside_their_scope(self, company: Cast, who: str, whom: str) -> None:
        """A manager only within the subtree, an agent only for themself."""
        with pytest.raises(NotAllowed):
            set_availability(getattr(company, whom).person_id, status="away", actor=getattr(company, who), at=AT)

    def test_a_stranger_does_not_exist(self, company: Cast) -> None:
        """INV-30: another company's person is unknown, even to an administrator."""
        with pytest.raises(UnknownPerson):
            set_availability(cast.a_stranger().alba.person_id, status="away", actor=company.admin, at=AT)

    def test_whoever_is_available_has_no_end(self, company: Cast) -> None:
        """Coming back takes away when one wanted to; an end in the past is refused with an unknown status."""
        until = AT + timedelta(hours=1)
        person = set_availability(company.alba.person_id, status="available", until=until, actor=company.alba, at=AT)

        assert person.availability_until is None
        with pytest.raises(Invalid) as refused:
            set_availability(company.alba.person_id, status="busy", until=AT, actor=company.alba, at=AT)
        assert {"status", "until"} == {fault.path for fault in refused.value.faults}


class TestSignOfLife:
    def test_it_is_written_each_twenty_seconds_at_most(self, company: Cast) -> None:
        """Signs close together cost no write."""
        me = company.admin.person_id
        show_sign_of_life(me, at=AT)

        show_sign_of_life(me, at=AT + timedelta(seconds=19))
        close = Presence.objects.get(person_id=me).seen_at
        show_sign_of_life(me, at=AT + timedelta(seconds=21))

        assert (AT, AT + timedelta(seconds=21)) == (close, Presence.objects.get(person_id=me).seen_at)

    @pytest.mark.parametrize(("seconds", "was_away"), [(1, False), (30, False), (60, False), (61, True), (9999, True)])
    def test_it_says_who_had_been_away(self, company: Cast, seconds: int, was_away: bool) -> None:
        """After more than a minute of silence the caller wakes what waits."""
        show_sign_of_life(company.admin.person_id, at=AT)

        assert was_away is show_sign_of_life(company.admin.person_id, at=AT + timedelta(seconds=seconds))

    def test_whoever_was_never_seen_had_been_away(self, company: Cast) -> None:
        """The first sign of all counts as coming back."""
        assert show_sign_of_life(company.admin.person_id, at=AT) is True
